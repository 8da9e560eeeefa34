SELECT user_key, seq, kind, alert, at, item, payload FROM user_log WHERE user_key = $1 AND item = $2 ORDER BY seq
