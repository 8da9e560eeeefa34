SELECT n.created_seq, n.flags, n.type, n.title, n.message FROM search_changes c
CROSS JOIN notifications n ON n.user_key = c.user_key AND n.created_seq = c.created_seq
WHERE c.pos > ?3 AND c.user_key = ?1 AND +c.created_seq BETWEEN 1 AND ?2
