SELECT c.pos, c.user_key, c.created_seq, n.flags, n.title, n.message
FROM search_changes c LEFT JOIN notifications n ON n.user_key = c.user_key AND n.created_seq = c.created_seq
WHERE c.pos > ?1 ORDER BY c.pos LIMIT ?2
