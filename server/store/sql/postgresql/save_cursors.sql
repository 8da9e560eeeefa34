-- In one order: two writers never wait for each other.
INSERT INTO cursors (user_key, device, seq, at)
SELECT DISTINCT ON (user_key, device) user_key, device, seq, at
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) AS r (user_key, device, seq, at)
WHERE user_key > 0
ORDER BY user_key, device, seq DESC
ON CONFLICT (user_key, device) DO UPDATE SET seq = excluded.seq, at = excluded.at WHERE excluded.seq > cursors.seq
