UPDATE users u SET head = r.head, floor = r.floor, unseen = r.unseen, unread = r.unread,
    read_up_to = r.read_up_to, read_up_to_at = r.read_up_to_at
FROM jsonb_to_recordset($1) AS r (key bigint, head bigint, floor bigint, unseen bigint, unread bigint,
    read_up_to bigint, read_up_to_at bigint)
WHERE u.key = r.key
