SELECT 1 FROM profiles WHERE email = $1
