UPDATE users u SET head = r.head, floor = r.floor, unseen = r.unseen, unread = r.unread,
    read_up_to = r.read_up_to, read_up_to_at = r.read_up_to_at
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) AS r
    (key, head, floor, unseen, unread, read_up_to, read_up_to_at)
WHERE u.key = r.key
