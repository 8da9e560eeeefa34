SELECT q.pos, u.external_id, p.name, p.email, p.password_hash, u.created_at
FROM jsonb_array_elements_text($1) WITH ORDINALITY AS q (id, pos)
JOIN users u ON u.external_id = q.id LEFT JOIN profiles p ON p.user_key = u.key
