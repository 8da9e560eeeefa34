DELETE FROM deliveries WHERE key IN (
    SELECT key FROM deliveries WHERE due_at IS NULL AND state = $1 AND updated_at < $2 LIMIT $3 FOR UPDATE SKIP LOCKED)
