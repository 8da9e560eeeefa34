INSERT INTO jobs (topic, payload, last, bound, at) VALUES ($1, $2, $3, $4, $5) RETURNING key
