-- Of two in one batch the later one stands. An answer that another writer has just given is left alone: the rows
-- that were written are fewer then.
INSERT INTO answers (scope, key, body_hash, at, status, content_type, body)
SELECT DISTINCT ON (scope, key) scope, key, body_hash, at, status, content_type, body
FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[], $5::int[], $6::text[], $7::bytea[]) WITH ORDINALITY
    AS r (scope, key, body_hash, at, status, content_type, body, pos)
ORDER BY scope, key, pos DESC
ON CONFLICT (scope, key) DO UPDATE SET body_hash = excluded.body_hash, at = excluded.at, status = excluded.status,
    content_type = excluded.content_type, body = excluded.body
WHERE answers.at <= excluded.at - $8
