UPDATE sessions
SET address = $2, token = $3, previous = $4, rotated_at = $5, used_at = $6, expires_at = $7, revoked_at = $8
WHERE id = $1
