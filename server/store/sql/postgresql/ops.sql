SELECT p.pos, o.at, o.seq, o.superseded, o.items
FROM jsonb_to_recordset($1) AS p (pos bigint, user_key bigint, id text)
JOIN ops o ON o.user_key = p.user_key AND o.id = p.id
