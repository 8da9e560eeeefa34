UPDATE deliveries SET revision = ?2, state = 0, reason = NULL, attempts = 0, due_at = ?3, lease = NULL, updated_at = ?3
WHERE notification = ?1 AND state <> 5
    AND (due_at IS NOT NULL OR EXISTS (SELECT 1 FROM webhooks w WHERE w.id = deliveries.endpoint AND w.enabled = 1))
