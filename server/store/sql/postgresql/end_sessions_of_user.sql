UPDATE sessions SET revoked_at = $2 WHERE user_key = $1 AND revoked_at IS NULL
