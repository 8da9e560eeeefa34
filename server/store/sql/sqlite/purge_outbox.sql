DELETE FROM outbox WHERE position IN
    (SELECT f.position FROM (SELECT position, at, published_at FROM outbox ORDER BY position LIMIT ?2) f
     WHERE f.at < ?1 OR f.published_at IS NOT NULL)
