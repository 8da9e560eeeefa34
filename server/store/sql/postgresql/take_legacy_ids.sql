INSERT INTO meta (name, value) VALUES ('legacy_id', $1::bigint::text)
ON CONFLICT (name) DO UPDATE SET value = (meta.value::bigint + $1::bigint)::text
RETURNING value::bigint
