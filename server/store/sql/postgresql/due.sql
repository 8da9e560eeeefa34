SELECT u.external_id, n.* FROM notifications n JOIN users u ON u.key = n.user_key
WHERE n.due_at <= $1 ORDER BY n.due_at LIMIT $2
