-- In the order of their making. Wanted is what a delivery or a dedupe key still names. User 0 has the row that only
-- holds a key (notifications_keys).
SELECT n.id, n.type, n.state, n.created_at, max(n.created_at, coalesce(n.scheduled_for, n.created_at)),
    EXISTS (SELECT 1 FROM deliveries d WHERE d.notification = n.id)
    OR EXISTS (SELECT 1 FROM dedupes e WHERE e.user_key = n.user_key AND e.item = n.id)
FROM notifications n WHERE n.id > ?1 AND +n.user_key > 0 ORDER BY n.id LIMIT ?2
