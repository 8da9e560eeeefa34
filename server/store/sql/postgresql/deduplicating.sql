SELECT p.pos, f.at, u.external_id, n.*
FROM unnest($1::bigint[], $2::text[], $3::bigint[]) WITH ORDINALITY AS p (user_key, text, since, pos)
JOIN users u ON u.key = p.user_key
JOIN LATERAL (
    (SELECT d.created_at AS at, d.id AS item, 0 AS moved FROM notifications d
     WHERE d.user_key = p.user_key AND d.dedupe_key = p.text AND d.created_at >= p.since
     ORDER BY d.created_at DESC LIMIT 1)
    UNION ALL
    SELECT e.at, e.item, 1 FROM dedupes e WHERE e.user_key = p.user_key AND e.key = p.text AND e.at >= p.since
    ORDER BY at DESC, moved DESC LIMIT 1) f ON true
JOIN notifications n ON n.id = f.item
