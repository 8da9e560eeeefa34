DELETE FROM answers WHERE (scope, key) IN (SELECT scope, key FROM answers WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
