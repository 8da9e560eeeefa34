SELECT id, name, hash, scopes, created_at, expires_at, revoked_at, bootstrap FROM api_keys ORDER BY created_at, id
