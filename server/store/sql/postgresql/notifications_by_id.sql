SELECT p.pos, u.external_id, n.* FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, pos)
JOIN notifications n ON n.id = p.id JOIN users u ON u.key = n.user_key
