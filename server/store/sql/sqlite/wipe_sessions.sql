-- Not the row: its id is what tells that a token of this session is good no more.
UPDATE sessions SET device = '', address = NULL, expires_at = ?2, revoked_at = coalesce(revoked_at, ?2)
WHERE user_key = ?1
