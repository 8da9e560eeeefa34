SELECT u.external_id, n.* FROM notifications n JOIN users u ON u.key = n.user_key
WHERE n.user_key = ?1 AND n.created_seq BETWEEN 1 AND ?2 AND (n.flags & ?3) != 0
