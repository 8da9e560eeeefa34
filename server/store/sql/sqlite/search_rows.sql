SELECT key, user_key, created_seq, flags, title, message FROM notifications WHERE key > ?1 ORDER BY key LIMIT ?2
