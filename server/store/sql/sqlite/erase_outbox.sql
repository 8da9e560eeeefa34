DELETE FROM outbox WHERE position IN
    (SELECT position FROM outbox
     WHERE aggregateid = (SELECT external_id FROM users WHERE key = ?1) AND at <= ?2 LIMIT ?3)
