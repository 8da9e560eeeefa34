-- Only those that are missing, so that a repeat burns no keys; in one order, so that two writers never wait for
-- each other.
INSERT INTO users (external_id, number, created_at)
SELECT w.id, w.number, $3 FROM unnest($1::text[], $2::bigint[]) AS w (id, number)
WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.external_id = w.id)
ORDER BY w.id COLLATE "C"
ON CONFLICT DO NOTHING
