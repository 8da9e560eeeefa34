UPDATE users SET head = ?2, floor = ?3, unseen = ?4, unread = ?5 WHERE key = ?1
