DELETE FROM audit WHERE key IN (SELECT key FROM audit WHERE at < ?1 LIMIT ?2)
