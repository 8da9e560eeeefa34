UPDATE answers SET content_type = 'application/json', body = ?3 WHERE scope = ?1 AND key = ?2
