-- The entry that stays where a notification was moved away from; moved before: it is there already.
INSERT INTO user_log (user_key, seq, kind, alert, at, item, payload)
SELECT user_key, seq, kind, alert, at, item, payload
FROM jsonb_to_recordset($1) AS r (
    user_key bigint, seq bigint, kind smallint, alert smallint, at bigint, item uuid, payload text)
ON CONFLICT DO NOTHING
