DELETE FROM devices
WHERE user_key = $1 AND id IN (SELECT id FROM devices WHERE user_key = $1 AND updated_at <= $2 LIMIT $3)
