SELECT user_key FROM notifications WHERE id = ?1
