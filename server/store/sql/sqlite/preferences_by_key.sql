SELECT etag, document FROM preferences WHERE user_key = ?1
