SELECT u.external_id, d.key, d.id, d.notification, d.user_key, d.channel, d.endpoint, d.revision, d.state, d.rule, d.reason, d.attempts, d.history,
       d.due_at, d.lease, d.created_at, d.updated_at
FROM deliveries d JOIN users u ON u.key = d.user_key
WHERE d.key < $1 AND ($2::text IS NULL OR u.external_id = $2::text)
    AND ($3::uuid IS NULL OR d.notification = $3::uuid) AND ($4::uuid IS NULL OR d.endpoint = $4::uuid)
    AND d.state = $6
ORDER BY d.key DESC LIMIT $5
