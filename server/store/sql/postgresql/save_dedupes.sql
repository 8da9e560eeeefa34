INSERT INTO dedupes (user_key, key, at, item)
SELECT DISTINCT ON (user_key, key) user_key, key, at, item
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[]) WITH ORDINALITY AS r (user_key, key, at, item, pos)
ORDER BY user_key, key, at DESC, pos DESC
ON CONFLICT (user_key, key) DO UPDATE SET at = excluded.at, item = excluded.item WHERE excluded.at >= dedupes.at
