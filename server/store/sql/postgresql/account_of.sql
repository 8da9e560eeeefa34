SELECT u.external_id, p.password_hash FROM profiles p JOIN users u ON u.key = p.user_key WHERE p.email = $1
