SELECT count(*), min(w.at) FROM (SELECT at FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT $1) w
