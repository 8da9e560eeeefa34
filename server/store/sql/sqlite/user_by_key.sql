SELECT key, external_id, head, floor, unseen, unread FROM users WHERE key = ?1
