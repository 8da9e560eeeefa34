INSERT INTO user_log (user_key, seq, kind, alert, at, item, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
