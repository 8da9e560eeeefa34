SELECT id FROM notifications WHERE user_key = $1 AND created_at <= $2 ORDER BY created_seq LIMIT $3
