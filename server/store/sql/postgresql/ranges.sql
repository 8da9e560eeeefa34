SELECT p.pos, u.external_id, n.*
FROM jsonb_to_recordset($1) AS p (pos bigint, user_key bigint, up_to bigint, flags int)
JOIN users u ON u.key = p.user_key
JOIN notifications n
    ON n.user_key = p.user_key AND n.created_seq BETWEEN 1 AND p.up_to AND (n.flags & p.flags) != 0
ORDER BY p.pos, n.created_seq
