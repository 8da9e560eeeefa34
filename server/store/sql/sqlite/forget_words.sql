INSERT INTO search_changes (user_key, created_seq)
SELECT user_key, created_seq FROM notifications WHERE id = ?1 AND created_seq > 0
