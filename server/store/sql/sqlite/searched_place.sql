SELECT n.created_seq, n.flags, n.type, n.title, n.message FROM notifications n
WHERE n.user_key = ?1 AND n.created_seq = ?2
