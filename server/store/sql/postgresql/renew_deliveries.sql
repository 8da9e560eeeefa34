-- A webhook that another server is disabling is waited for, as in save_delivery: nothing is to be sent to it any more.
WITH alive AS MATERIALIZED (
    SELECT w.id FROM webhooks w
    WHERE w.id IN (SELECT d.endpoint FROM deliveries d WHERE d.notification = $1) AND w.enabled = 1 FOR SHARE OF w)
UPDATE deliveries SET revision = $2, state = 0, reason = NULL, attempts = 0, due_at = $3, lease = NULL, updated_at = $3
WHERE notification = $1 AND state <> 5 AND (due_at IS NOT NULL OR endpoint IN (SELECT id FROM alive))
