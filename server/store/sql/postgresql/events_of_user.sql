SELECT u.external_id, n.* FROM users u JOIN notifications n ON n.user_key = u.key
WHERE u.external_id = $4 AND n.id >= $1 AND n.id < $2 ORDER BY n.id DESC LIMIT $3
