SELECT user_key, revoked_at FROM sessions WHERE id = $1 FOR UPDATE
