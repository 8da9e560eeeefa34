SELECT p.etag, p.document FROM preferences p JOIN users u ON u.key = p.user_key WHERE u.external_id = ?1
