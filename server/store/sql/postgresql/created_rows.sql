SELECT NULL, n.* FROM notifications n WHERE n.user_key = $1 AND n.created_seq > $2 ORDER BY n.created_seq LIMIT $3
