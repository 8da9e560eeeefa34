-- People who are signed in, one row a device. Of refresh tokens only hashes: `family` stays, `token` is the one that is
-- good, `previous` the one before it.
CREATE TABLE sessions (
    id         text COLLATE "C" PRIMARY KEY,
    user_key   bigint NOT NULL,
    device     text COLLATE "C" NOT NULL,
    address    text,
    family     bytea NOT NULL UNIQUE,
    token      bytea NOT NULL,
    previous   bytea NOT NULL,
    rotated_at bigint NOT NULL,
    created_at bigint NOT NULL,
    used_at    bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint
);
CREATE INDEX sessions_device ON sessions (user_key, device) WHERE revoked_at IS NULL;
CREATE INDEX sessions_end ON sessions (expires_at);

CREATE TABLE audit (
    key     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      bigint NOT NULL,
    actor   text NOT NULL,
    action  text NOT NULL,
    target  text,
    address text,
    done    smallint NOT NULL,
    detail  text
);
CREATE INDEX audit_at ON audit (at);
-- Append-only, whatever code there will be: only what is older than a year may go.
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < (extract(epoch FROM now()) - 365 * 86400) * 1000000 THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'entries of the audit log are kept for a year and never changed';
END
$$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER audit_is_kept BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
