UPDATE sessions SET revoked_at = ?3 WHERE user_key = ?1 AND device = ?2 AND revoked_at IS NULL
