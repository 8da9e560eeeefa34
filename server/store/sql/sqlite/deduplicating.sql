SELECT u.external_id, n.* FROM notifications n JOIN users u ON u.key = n.user_key
WHERE n.user_key = ?1 AND n.dedupe_key = ?2 AND n.created_at >= ?3
ORDER BY n.created_at DESC LIMIT 1
