INSERT INTO marks (user_key, mark, day, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
