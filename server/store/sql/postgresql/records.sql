SELECT q.pos, u.external_id, p.name, p.email, p.password_hash, u.created_at
FROM unnest($1::text[]) WITH ORDINALITY AS q (id, pos)
JOIN users u ON u.external_id = q.id LEFT JOIN profiles p ON p.user_key = u.key
