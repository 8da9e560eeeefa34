SELECT id, name, hash, scopes, created_at, expires_at, revoked_at, bootstrap, replaced_by FROM api_keys WHERE id = $1 FOR UPDATE
