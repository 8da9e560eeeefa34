-- Of two in one batch the later one stands. An answer that another writer has just given is left alone: the rows
-- that were written are fewer then.
INSERT INTO answers (scope, key, body_hash, at, status, content_type, body)
SELECT DISTINCT ON (scope, key) scope, key, decode(body_hash, 'hex'), at, status, content_type, decode(body, 'hex')
FROM jsonb_to_recordset($1) AS r (
    pos bigint, scope text, key text, body_hash text, at bigint, status int, content_type text, body text)
ORDER BY scope, key, pos DESC
ON CONFLICT (scope, key) DO UPDATE SET body_hash = excluded.body_hash, at = excluded.at, status = excluded.status,
    content_type = excluded.content_type, body = excluded.body
WHERE answers.at <= excluded.at - $2
