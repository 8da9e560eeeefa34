SELECT key, key, external_id FROM users WHERE key > $1 AND key <= $2 ORDER BY key LIMIT $3
