-- The entry that stays where a notification was moved away from; moved before: it is there already.
INSERT INTO user_log (user_key, seq, kind, alert, at, item, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO NOTHING
