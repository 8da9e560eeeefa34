SELECT u.external_id, n.* FROM notifications n JOIN users u ON u.key = n.user_key
WHERE n.id >= $1 AND n.id < $2 ORDER BY n.id DESC LIMIT $3
