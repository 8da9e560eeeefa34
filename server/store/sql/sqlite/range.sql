SELECT id, created_seq, state, marks, created_at, expires_at,
    seen_at, read_at, acked_at, archived_at, snoozed_until, clicked_at, deleted_at, read_changed_at,
    archived_changed_at, snoozed_changed_at, attention_at
FROM notifications WHERE user_key = ?1 AND created_seq BETWEEN 1 AND ?2 AND (flags & ?3) != 0
