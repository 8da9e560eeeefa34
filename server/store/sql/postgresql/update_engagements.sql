UPDATE notifications n SET
    seq = r.seq, flags = r.flags, updated_at = r.updated_at, due_at = r.due_at, seen_at = r.seen_at,
    read_at = r.read_at, acked_at = r.acked_at, archived_at = r.archived_at, snoozed_until = r.snoozed_until,
    clicked_at = r.clicked_at, deleted_at = r.deleted_at, read_changed_at = r.read_changed_at,
    archived_changed_at = r.archived_changed_at, snoozed_changed_at = r.snoozed_changed_at,
    attention_at = r.attention_at
FROM unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
    $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
    $15::bigint[], $16::bigint[]) AS r (id, seq, flags, updated_at, due_at, seen_at, read_at, acked_at, archived_at,
    snoozed_until, clicked_at, deleted_at, read_changed_at, archived_changed_at, snoozed_changed_at, attention_at)
WHERE n.id = r.id
