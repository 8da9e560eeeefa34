DELETE FROM cursors
WHERE user_key = ?1 AND device IN (SELECT device FROM cursors WHERE user_key = ?1 AND at <= ?2 LIMIT ?3)
