-- What administrators know and decide of a person; numbers of roles are those of shared/model.
ALTER TABLE profiles ADD COLUMN phone text;
ALTER TABLE profiles ADD COLUMN locale text;
ALTER TABLE profiles ADD COLUMN role smallint NOT NULL DEFAULT 0;
ALTER TABLE profiles ADD COLUMN disabled_at bigint;
-- Few have one. Whose session has ended is asked for all the time.
CREATE INDEX profiles_role ON profiles (role) WHERE role > 0;
CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
