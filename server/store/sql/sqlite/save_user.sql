UPDATE users SET head = ?2, floor = ?3, unseen = ?4, unread = ?5, read_up_to = ?6, read_up_to_at = ?7 WHERE key = ?1
