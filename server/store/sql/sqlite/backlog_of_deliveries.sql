SELECT count(*), min(w.due_at)
FROM (SELECT due_at FROM deliveries WHERE due_at IS NOT NULL ORDER BY due_at LIMIT ?1) w
