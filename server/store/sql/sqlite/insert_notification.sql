INSERT INTO notifications (
    id, user_key, created_at,
    created_seq, seq, flags, revision, state, hold_reason, suppress_reason, marks, urgency, updated_at,
    expires_at, scheduled_for, due_at, event_id, legacy_id,
    type, title, message, data, priority, source, extra, collapse_key, dedupe_key, traceparent, rule,
    seen_at, read_at, acked_at, archived_at, snoozed_until, clicked_at, deleted_at,
    read_changed_at, archived_changed_at, snoozed_changed_at, attention_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?, ?, ?)
