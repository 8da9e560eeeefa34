-- The entry that stays where a notification was moved away from; moved before: it is there already.
INSERT INTO user_log (user_key, seq, kind, alert, at, item, payload)
SELECT user_key, seq, kind, alert, at, item, payload
FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::smallint[], $5::bigint[], $6::uuid[], $7::text[]) AS r
    (user_key, seq, kind, alert, at, item, payload)
ON CONFLICT DO NOTHING
