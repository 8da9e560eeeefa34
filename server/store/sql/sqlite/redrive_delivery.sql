UPDATE deliveries SET state = 0, reason = NULL, attempts = 0, due_at = ?2, updated_at = ?2
WHERE id = ?1 AND state = 6 AND EXISTS (SELECT 1 FROM webhooks w WHERE w.id = deliveries.endpoint AND w.enabled = 1)
