DELETE FROM user_log WHERE user_key = ?1 AND seq < ?2
