-- In one order: two writers never wait for each other.
INSERT INTO cursors (user_key, device, seq, at)
SELECT DISTINCT ON (user_key, device) user_key, device, seq, at
FROM jsonb_to_recordset($1) AS r (user_key bigint, device text, seq bigint, at bigint)
WHERE user_key > 0
ORDER BY user_key, device, seq DESC
ON CONFLICT (user_key, device) DO UPDATE SET seq = excluded.seq, at = excluded.at WHERE excluded.seq > cursors.seq
