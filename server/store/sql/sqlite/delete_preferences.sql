DELETE FROM preferences WHERE user_key = ?1
