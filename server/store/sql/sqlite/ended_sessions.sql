SELECT id FROM sessions WHERE revoked_at > ?1
