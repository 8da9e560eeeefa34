SELECT u.external_id, n.* FROM notifications n JOIN users u ON u.key = n.user_key
WHERE n.user_key = ?1 AND n.collapse_key = ?2 AND (n.flags & 1) = 1
ORDER BY n.created_seq DESC LIMIT 1
