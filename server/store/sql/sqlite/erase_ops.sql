DELETE FROM ops WHERE user_key = ?1 AND id IN (SELECT id FROM ops WHERE user_key = ?1 AND at <= ?2 LIMIT ?3)
