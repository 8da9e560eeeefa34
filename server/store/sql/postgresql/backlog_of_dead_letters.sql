SELECT count(*), min(w.updated_at)
FROM (SELECT updated_at FROM deliveries WHERE due_at IS NULL AND state = 6 ORDER BY updated_at LIMIT $1) w
