SELECT key, id, notification, user_key, channel, endpoint, revision, state, rule, reason, attempts, history, due_at, lease,
       created_at, updated_at
FROM deliveries WHERE notification = $1 ORDER BY key
