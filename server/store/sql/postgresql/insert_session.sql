INSERT INTO sessions (id, user_key, device, address, family, token, previous, rotated_at, created_at, used_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
