SELECT n.id FROM notifications n
WHERE n.deleted_at < $1
    AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.notification = n.id)
    AND NOT EXISTS (SELECT 1 FROM dedupes e WHERE e.user_key = n.user_key AND e.item = n.id)
ORDER BY n.deleted_at LIMIT $2
