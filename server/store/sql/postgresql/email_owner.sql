SELECT user_key FROM profiles WHERE email = $1
