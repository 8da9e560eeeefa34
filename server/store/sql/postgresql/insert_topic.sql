INSERT INTO topics (name, title, created_at) VALUES ($1, $2, $3)
