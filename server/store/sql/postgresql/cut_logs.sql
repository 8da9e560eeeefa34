DELETE FROM user_log l USING unnest($1::bigint[], $2::bigint[]) AS r (user_key, below)
WHERE l.user_key = r.user_key AND l.seq < r.below
