SELECT u.external_id, p.name, p.email, p.password_hash, u.created_at
FROM users u LEFT JOIN profiles p ON p.user_key = u.key WHERE u.external_id = ?1
