INSERT INTO dedupes (user_key, key, at, item) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO UPDATE SET at = excluded.at, item = excluded.item WHERE excluded.at >= dedupes.at
