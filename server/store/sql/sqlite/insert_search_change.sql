INSERT INTO search_changes (user_key, created_seq) VALUES (?1, ?2)
