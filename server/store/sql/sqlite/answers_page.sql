SELECT scope, key, body_hash, at, status, content_type, body FROM answers
WHERE (scope, key) > (?1, ?2) ORDER BY scope, key LIMIT ?3
