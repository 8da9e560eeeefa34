SELECT p.pos, f.etag, f.document FROM unnest($1::bigint[]) WITH ORDINALITY AS p (key, pos)
JOIN preferences f ON f.user_key = p.key
