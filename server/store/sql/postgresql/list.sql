SELECT NULL, n.* FROM notifications n
WHERE n.user_key = $1 AND n.created_seq BETWEEN 1 AND $2 AND (n.flags & $3) = $4 AND ($5::text IS NULL OR n.type = $5)
ORDER BY n.created_seq DESC LIMIT $6 OFFSET $7
