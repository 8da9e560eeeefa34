INSERT INTO deliveries (id, notification, user_key, channel, endpoint, revision, state, rule, reason, attempts, history,
                        due_at, created_at, updated_at)
SELECT $1, $2, $3, $4, w.id, $6, $7, $8, $9, 0, $10, $11, $12, $13
FROM webhooks w WHERE w.id = $5 AND w.enabled = 1 FOR SHARE
ON CONFLICT (notification, channel, endpoint) DO UPDATE SET revision = excluded.revision, state = excluded.state,
    rule = excluded.rule, reason = excluded.reason, attempts = 0, due_at = excluded.due_at, lease = NULL,
    updated_at = excluded.updated_at
