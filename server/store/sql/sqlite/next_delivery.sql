SELECT min(due_at) FROM deliveries WHERE due_at > ?1
