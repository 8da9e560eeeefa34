SELECT p.pos, a.body_hash, a.at, a.status, a.content_type, a.body
FROM jsonb_to_recordset($1) AS p (pos bigint, scope text, key text)
JOIN answers a ON a.scope = p.scope AND a.key = p.key
