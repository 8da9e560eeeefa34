DELETE FROM dedupes WHERE (user_key, key) IN (SELECT user_key, key FROM dedupes WHERE at < ?1 LIMIT ?2)
