UPDATE notifications n SET
    seq = r.seq, flags = r.flags, updated_at = r.updated_at, due_at = r.due_at, seen_at = r.seen_at,
    read_at = r.read_at, acked_at = r.acked_at, archived_at = r.archived_at, snoozed_until = r.snoozed_until,
    clicked_at = r.clicked_at, deleted_at = r.deleted_at, read_changed_at = r.read_changed_at,
    archived_changed_at = r.archived_changed_at, snoozed_changed_at = r.snoozed_changed_at,
    attention_at = r.attention_at
FROM jsonb_to_recordset($1) AS r (
    id uuid, seq bigint, flags smallint, updated_at bigint, due_at bigint, seen_at bigint, read_at bigint,
    acked_at bigint, archived_at bigint, snoozed_until bigint, clicked_at bigint, deleted_at bigint,
    read_changed_at bigint, archived_changed_at bigint, snoozed_changed_at bigint, attention_at bigint)
WHERE n.id = r.id
