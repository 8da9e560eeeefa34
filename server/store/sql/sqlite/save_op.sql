INSERT INTO ops (user_key, id, at, seq, superseded, items) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO UPDATE SET at = excluded.at, seq = excluded.seq, superseded = excluded.superseded, items = excluded.items
