SELECT p.pos, n.id, n.created_seq, n.state, n.marks, n.created_at, n.expires_at,
    n.seen_at, n.read_at, n.acked_at, n.archived_at, n.snoozed_until, n.clicked_at, n.deleted_at, n.read_changed_at,
    n.archived_changed_at, n.snoozed_changed_at, n.attention_at
FROM unnest($1::bigint[], $2::bigint[], $3::int[]) WITH ORDINALITY AS p (user_key, up_to, flags, pos)
JOIN notifications n
    ON n.user_key = p.user_key AND n.created_seq BETWEEN 1 AND p.up_to AND (n.flags & p.flags) != 0
