DELETE FROM dedupes
WHERE user_key = ?1 AND key IN (SELECT key FROM dedupes WHERE user_key = ?1 AND at <= ?2 LIMIT ?3)
