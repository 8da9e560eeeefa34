-- No row: another writer has just taken this id.
INSERT INTO users (external_id, number, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key
