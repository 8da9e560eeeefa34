-- Locks in the order of the keys (semantics 3).
SELECT key, external_id, head, floor, unseen, unread, read_up_to, read_up_to_at FROM users
WHERE external_id = ANY ($1::text[]) OR key = ANY ($2::bigint[])
ORDER BY key FOR UPDATE
