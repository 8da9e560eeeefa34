SELECT p.pos, o.at, o.seq, o.superseded, o.items
FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS p (user_key, id, pos)
JOIN ops o ON o.user_key = p.user_key AND o.id = p.id
