SELECT s.id, u.external_id, s.device, s.address, s.created_at, s.used_at, s.expires_at, s.revoked_at
FROM sessions s JOIN users u ON u.key = s.user_key
WHERE s.id < ?1 AND s.revoked_at IS NULL AND s.expires_at > ?2 ORDER BY s.id DESC LIMIT ?3
