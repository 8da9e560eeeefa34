-- The key that took its place in a rotation, after which it goes on for a while.
ALTER TABLE api_keys ADD COLUMN replaced_by TEXT;
