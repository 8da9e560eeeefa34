SELECT p.pos, u.external_id, n.*
FROM jsonb_to_recordset($1) AS p (pos bigint, user_key bigint, text text)
JOIN users u ON u.key = p.user_key
JOIN LATERAL (
    SELECT * FROM notifications c
    WHERE c.user_key = p.user_key AND c.collapse_key = p.text AND (c.flags & 1) = 1
    ORDER BY c.created_seq DESC LIMIT 1) n ON true
