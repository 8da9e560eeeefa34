-- The lock as in renew_deliveries.
UPDATE deliveries SET state = 0, reason = NULL, attempts = 0, due_at = $1, updated_at = $1
WHERE key IN (
    SELECT d.key FROM deliveries d JOIN users u ON u.key = d.user_key JOIN webhooks w ON w.id = d.endpoint
    WHERE d.state = 6 AND w.enabled = 1 AND ($2::text IS NULL OR u.external_id = $2::text)
    AND ($3::uuid IS NULL OR d.notification = $3::uuid) AND ($4::uuid IS NULL OR d.endpoint = $4::uuid)
    ORDER BY d.key DESC LIMIT $5 FOR SHARE OF w)
