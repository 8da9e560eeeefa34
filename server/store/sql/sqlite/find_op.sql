SELECT at, seq, superseded, items FROM ops WHERE user_key = ?1 AND id = ?2
