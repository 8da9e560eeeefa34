INSERT INTO ops (user_key, id, at, seq, superseded, items)
SELECT DISTINCT ON (user_key, id) user_key, id, at, seq, superseded, decode(items, 'hex')
FROM jsonb_to_recordset($1) AS r (
    pos bigint, user_key bigint, id text, at bigint, seq bigint, superseded smallint, items text)
ORDER BY user_key, id, pos DESC
ON CONFLICT (user_key, id) DO UPDATE SET at = excluded.at, seq = excluded.seq, superseded = excluded.superseded,
    items = excluded.items
