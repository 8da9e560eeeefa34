SELECT NULL, n.* FROM notifications n WHERE n.legacy_id = $1 AND n.user_key = $2
