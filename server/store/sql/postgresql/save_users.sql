UPDATE users u SET head = r.head, floor = r.floor, unseen = r.unseen, unread = r.unread
FROM jsonb_to_recordset($1) AS r (key bigint, head bigint, floor bigint, unseen bigint, unread bigint)
WHERE u.key = r.key
