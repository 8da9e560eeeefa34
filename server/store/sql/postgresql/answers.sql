SELECT p.pos, a.body_hash, a.at, a.status, a.content_type, a.body
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p (scope, key, pos)
JOIN answers a ON a.scope = p.scope AND a.key = p.key
