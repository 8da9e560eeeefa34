UPDATE user_log SET kind = ?4, alert = 0, item = NULL, payload = NULL
WHERE user_key = ?1 AND seq > ?2 AND seq <= ?3 AND payload IS NOT NULL
