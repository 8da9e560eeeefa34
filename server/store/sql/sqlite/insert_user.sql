INSERT INTO users (external_id, number, created_at) VALUES (?1, ?2, ?3)
