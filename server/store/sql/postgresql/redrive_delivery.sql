-- The lock as in renew_deliveries.
WITH alive AS MATERIALIZED (
    SELECT w.id FROM webhooks w JOIN deliveries d ON d.endpoint = w.id WHERE d.id = $1 AND w.enabled = 1 FOR SHARE OF w)
UPDATE deliveries SET state = 0, reason = NULL, attempts = 0, due_at = $2, updated_at = $2
WHERE id = $1 AND state = 6 AND endpoint IN (SELECT id FROM alive)
