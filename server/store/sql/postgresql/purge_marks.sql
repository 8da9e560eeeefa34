DELETE FROM marks WHERE (user_key, mark, day) IN (SELECT user_key, mark, day FROM marks WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
