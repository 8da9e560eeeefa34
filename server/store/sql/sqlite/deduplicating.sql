SELECT f.at, u.external_id, n.*
FROM (
    SELECT * FROM (
        SELECT n.created_at AS at, n.id AS item, 0 AS moved FROM notifications n
        WHERE n.user_key = ?1 AND n.dedupe_key = ?2 AND n.created_at >= ?3
        ORDER BY n.created_at DESC LIMIT 1)
    UNION ALL
    SELECT d.at, d.item, 1 FROM dedupes d WHERE d.user_key = ?1 AND d.key = ?2 AND d.at >= ?3
    ORDER BY 1 DESC, 3 DESC LIMIT 1) f
JOIN notifications n ON n.id = f.item
JOIN users u ON u.key = n.user_key
