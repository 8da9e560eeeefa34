SELECT u.key, u.external_id, p.name, p.email, p.phone, p.locale, p.role, p.disabled_at, p.password_hash, u.created_at, e.asked_at,
       e.done_at
FROM users u LEFT JOIN profiles p ON p.user_key = u.key LEFT JOIN erasures e ON e.user_key = u.key
WHERE u.key > $1 ORDER BY u.key LIMIT $2
