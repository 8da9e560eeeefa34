-- The rows, and the words that the search index will find them by, in one statement.
WITH r AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1) AS r (
    id uuid, user_key bigint, created_seq bigint, seq bigint, flags smallint, revision int, state smallint,
    hold_reason smallint, suppress_reason smallint, marks int, urgency smallint, created_at bigint,
    updated_at bigint, expires_at bigint, scheduled_for bigint, due_at bigint, event_id uuid, legacy_id int,
    type text, title text, message text, data text, priority text, source text, extra text, collapse_key text,
    dedupe_key text, traceparent text, rule text, seen_at bigint, read_at bigint, acked_at bigint,
    archived_at bigint, snoozed_until bigint, clicked_at bigint, deleted_at bigint, read_changed_at bigint,
    archived_changed_at bigint, snoozed_changed_at bigint, attention_at bigint, words text)),
inserted AS (INSERT INTO notifications (
    id, user_key, created_seq, seq, flags, revision, state, hold_reason, suppress_reason, marks, urgency,
    created_at, updated_at, expires_at, scheduled_for, due_at, event_id, legacy_id, type, title, message, data,
    priority, source, extra, collapse_key, dedupe_key, traceparent, rule, seen_at, read_at, acked_at,
    archived_at, snoozed_until, clicked_at, deleted_at, read_changed_at, archived_changed_at, snoozed_changed_at,
    attention_at)
SELECT
    id, user_key, created_seq, seq, flags, revision, state, hold_reason, suppress_reason, marks, urgency,
    created_at, updated_at, expires_at, scheduled_for, due_at, event_id, legacy_id, type, title, message, data,
    priority, source, extra, collapse_key, dedupe_key, traceparent, rule, seen_at, read_at, acked_at,
    archived_at, snoozed_until, clicked_at, deleted_at, read_changed_at, archived_changed_at, snoozed_changed_at,
    attention_at
FROM r)
INSERT INTO search_pending (id, user_key, words) SELECT id, user_key, words FROM r
