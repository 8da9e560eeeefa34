SELECT count(*), min(w.at) FROM (SELECT at FROM jobs ORDER BY key LIMIT ?1) w
