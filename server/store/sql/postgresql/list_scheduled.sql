SELECT NULL, n.* FROM notifications n
WHERE n.user_key = $1 AND n.hold_reason = 1 AND n.state = 1 AND ($2::text IS NULL OR n.type = $2)
    AND (n.scheduled_for, n.id) > ($3, $4)
ORDER BY n.scheduled_for, n.id LIMIT $5 OFFSET $6
