-- What the search index does not have yet, from the index of places alone.
SELECT n.created_seq, n.flags, n.type, n.title, n.message FROM notifications n
WHERE n.user_key = ?1 AND n.created_seq BETWEEN 1 AND ?2 AND n.key > ?3
