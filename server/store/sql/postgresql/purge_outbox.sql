DELETE FROM outbox WHERE position IN
    (SELECT position FROM outbox
     WHERE position IN (SELECT position FROM outbox ORDER BY position LIMIT $2) AND (at < $1 OR published_at IS NOT NULL)
     FOR UPDATE SKIP LOCKED)
