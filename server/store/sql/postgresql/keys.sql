SELECT id, name, hash, scopes, created_at, expires_at, revoked_at, bootstrap, used_at FROM api_keys ORDER BY created_at, id
