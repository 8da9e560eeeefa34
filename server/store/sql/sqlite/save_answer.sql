INSERT INTO answers (scope, key, body_hash, at, status, content_type, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO UPDATE SET body_hash = excluded.body_hash, at = excluded.at, status = excluded.status,
    content_type = excluded.content_type, body = excluded.body
