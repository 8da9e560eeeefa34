SELECT key, external_id, floor, head FROM users WHERE key > $1 ORDER BY key LIMIT $2
