WITH r AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1) AS r (
    id uuid, created_seq bigint, seq bigint, flags smallint, revision int, state smallint, hold_reason smallint,
    suppress_reason smallint, marks int, urgency smallint, updated_at bigint, expires_at bigint,
    scheduled_for bigint, due_at bigint, event_id uuid, legacy_id int, type text, title text, message text,
    data text, priority text, source text, extra text, collapse_key text, dedupe_key text, traceparent text,
    rule text, seen_at bigint, read_at bigint, acked_at bigint, archived_at bigint, snoozed_until bigint,
    clicked_at bigint, deleted_at bigint, read_changed_at bigint, archived_changed_at bigint,
    snoozed_changed_at bigint, attention_at bigint, words text)),
updated AS (UPDATE notifications n SET
    created_seq = r.created_seq, seq = r.seq, flags = r.flags, revision = r.revision, state = r.state,
    hold_reason = r.hold_reason, suppress_reason = r.suppress_reason, marks = r.marks, urgency = r.urgency,
    updated_at = r.updated_at, expires_at = r.expires_at, scheduled_for = r.scheduled_for, due_at = r.due_at,
    event_id = r.event_id, legacy_id = r.legacy_id, type = r.type, title = r.title, message = r.message,
    data = r.data, priority = r.priority, source = r.source, extra = r.extra, collapse_key = r.collapse_key,
    dedupe_key = r.dedupe_key, traceparent = r.traceparent, rule = r.rule, seen_at = r.seen_at,
    read_at = r.read_at, acked_at = r.acked_at, archived_at = r.archived_at, snoozed_until = r.snoozed_until,
    clicked_at = r.clicked_at, deleted_at = r.deleted_at, read_changed_at = r.read_changed_at,
    archived_changed_at = r.archived_changed_at, snoozed_changed_at = r.snoozed_changed_at,
    attention_at = r.attention_at
FROM r WHERE n.id = r.id RETURNING n.id, n.user_key, r.words)
INSERT INTO search_pending (id, user_key, words) SELECT id, user_key, words FROM updated
