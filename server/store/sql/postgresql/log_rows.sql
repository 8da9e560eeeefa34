SELECT user_key, seq, kind, alert, at, item, payload FROM user_log WHERE user_key = $1 AND seq > $2
ORDER BY seq LIMIT $3
