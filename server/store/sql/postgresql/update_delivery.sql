UPDATE deliveries SET state = $2, reason = $3, attempts = $4, history = $5, due_at = $6, lease = $7, updated_at = $8
WHERE key = $1
