INSERT INTO cursors (user_key, device, seq, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO UPDATE SET seq = excluded.seq, at = excluded.at WHERE excluded.seq > seq
