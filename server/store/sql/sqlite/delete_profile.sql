DELETE FROM profiles WHERE user_key = ?1
