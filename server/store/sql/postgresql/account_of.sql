SELECT u.external_id, p.password_hash, p.role, p.disabled_at IS NOT NULL
FROM profiles p JOIN users u ON u.key = p.user_key WHERE p.email = $1
