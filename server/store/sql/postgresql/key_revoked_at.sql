SELECT revoked_at FROM api_keys WHERE id = $1
