SELECT p.pos, u.external_id, n.*
FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS p (user_key, text, pos)
JOIN users u ON u.key = p.user_key
JOIN LATERAL (
    SELECT * FROM notifications c
    WHERE c.user_key = p.user_key AND c.collapse_key = p.text AND (c.flags & 1) = 1
    ORDER BY c.created_seq DESC LIMIT 1) n ON true
