DELETE FROM devices WHERE user_key = $1 AND id = $2
