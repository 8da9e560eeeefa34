-- About when a key was last used: written every minute at most.
ALTER TABLE api_keys ADD COLUMN used_at INTEGER;
