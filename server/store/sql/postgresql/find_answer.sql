SELECT body_hash, at, status, content_type, body FROM answers WHERE scope = $1 AND key = $2
