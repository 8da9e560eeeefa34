SELECT s.id, u.external_id, s.device, s.address, s.created_at, s.used_at, s.expires_at, s.revoked_at, s.token, s.previous,
       s.rotated_at
FROM sessions s JOIN users u ON u.key = s.user_key
WHERE s.family = $1 FOR UPDATE OF s
