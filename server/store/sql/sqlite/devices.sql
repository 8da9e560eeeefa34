SELECT d.id, d.name, d.platform, d.created_at, d.updated_at, c.at
FROM devices d LEFT JOIN cursors c ON c.user_key = d.user_key AND c.device = d.id
WHERE d.user_key = ?1 ORDER BY d.id
