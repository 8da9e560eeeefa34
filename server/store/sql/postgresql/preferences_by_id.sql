SELECT p.pos, f.etag, f.document FROM jsonb_array_elements_text($1) WITH ORDINALITY AS p (id, pos)
JOIN users u ON u.external_id = p.id JOIN preferences f ON f.user_key = u.key
