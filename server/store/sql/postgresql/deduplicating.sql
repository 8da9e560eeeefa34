SELECT p.pos, u.external_id, n.*
FROM jsonb_to_recordset($1) AS p (pos bigint, user_key bigint, text text, since bigint)
JOIN users u ON u.key = p.user_key
JOIN LATERAL (
    SELECT * FROM notifications d
    WHERE d.user_key = p.user_key AND d.dedupe_key = p.text AND d.created_at >= p.since
    ORDER BY d.created_at DESC LIMIT 1) n ON true
