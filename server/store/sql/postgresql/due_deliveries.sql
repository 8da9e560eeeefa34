SELECT key, id, notification, user_key, channel, endpoint, revision, state, rule, reason, attempts, history, due_at, lease,
       created_at, updated_at
FROM deliveries d
WHERE endpoint = $1 AND due_at <= $2 AND NOT EXISTS (
    SELECT 1 FROM deliveries e
    WHERE e.endpoint = d.endpoint AND e.user_key = d.user_key AND e.key < d.key AND e.due_at IS NOT NULL
        AND (e.lease IS NOT NULL OR e.due_at <= $2))
ORDER BY due_at, key LIMIT $3 FOR UPDATE SKIP LOCKED
