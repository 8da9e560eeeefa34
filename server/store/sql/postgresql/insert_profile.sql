INSERT INTO profiles (user_key, name, email, password_hash) VALUES ($1, $2, $3, $4)
