DELETE FROM ops WHERE (user_key, id) IN (SELECT user_key, id FROM ops WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
