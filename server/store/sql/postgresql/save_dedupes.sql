INSERT INTO dedupes (user_key, key, at, item)
SELECT DISTINCT ON (user_key, key) user_key, key, at, item
FROM jsonb_to_recordset($1) AS r (pos bigint, user_key bigint, key text, at bigint, item uuid)
ORDER BY user_key, key, at DESC, pos DESC
ON CONFLICT (user_key, key) DO UPDATE SET at = excluded.at, item = excluded.item WHERE excluded.at >= dedupes.at
