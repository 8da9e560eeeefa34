INSERT INTO api_keys (id, name, hash, scopes, created_at, expires_at, revoked_at, bootstrap)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
