INSERT INTO ops (user_key, id, at, seq, superseded, items)
SELECT DISTINCT ON (user_key, id) user_key, id, at, seq, superseded, items
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::smallint[], $6::bytea[]) WITH ORDINALITY AS r
    (user_key, id, at, seq, superseded, items, pos)
ORDER BY user_key, id, pos DESC
ON CONFLICT (user_key, id) DO UPDATE SET at = excluded.at, seq = excluded.seq, superseded = excluded.superseded,
    items = excluded.items
