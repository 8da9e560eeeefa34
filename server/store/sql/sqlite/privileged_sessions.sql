SELECT s.id, u.external_id, p.role
FROM profiles p JOIN sessions s ON s.user_key = p.user_key JOIN users u ON u.key = p.user_key
WHERE p.role > 0 AND s.revoked_at IS NULL AND s.expires_at > ?1
