SELECT key, external_id, head, floor, unseen, unread FROM users WHERE external_id = ?1
