UPDATE deliveries SET state = ?2, reason = ?3, due_at = NULL, lease = NULL, updated_at = ?4
WHERE notification = ?1 AND due_at IS NOT NULL
