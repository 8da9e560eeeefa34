-- One that no other writer works on.
SELECT key, topic, payload, last, bound, at FROM jobs ORDER BY key LIMIT 1 FOR UPDATE SKIP LOCKED
