UPDATE deliveries SET due_at = $1, lease = NULL WHERE lease IS NOT NULL
