INSERT INTO preferences (user_key, etag, document) VALUES ($1, $2, $3)
ON CONFLICT (user_key) DO UPDATE SET etag = excluded.etag, document = excluded.document
