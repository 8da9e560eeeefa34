SELECT p.pos, f.etag, f.document FROM unnest($1::text[]) WITH ORDINALITY AS p (id, pos)
JOIN users u ON u.external_id = p.id JOIN preferences f ON f.user_key = u.key
