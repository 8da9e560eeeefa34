SELECT key, topic, payload, last, bound, at FROM jobs ORDER BY key LIMIT 1
