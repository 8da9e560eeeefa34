-- People who are signed in, one row a device. Of refresh tokens only hashes: `family` stays, `token` is the one that is
-- good, `previous` the one before it.
CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    user_key   INTEGER NOT NULL,
    device     TEXT NOT NULL,
    address    TEXT,
    family     BLOB NOT NULL UNIQUE,
    token      BLOB NOT NULL,
    previous   BLOB NOT NULL,
    rotated_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) WITHOUT ROWID;
CREATE INDEX sessions_device ON sessions (user_key, device) WHERE revoked_at IS NULL;
CREATE INDEX sessions_end ON sessions (expires_at);

CREATE TABLE audit (
    key     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    target  TEXT,
    address TEXT,
    done    INTEGER NOT NULL,
    detail  TEXT
);
CREATE INDEX audit_at ON audit (at);
-- Append-only, whatever code there will be: only what is older than a year may go.
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'entries of the audit log are never changed');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at > (CAST(strftime('%s', 'now') AS INTEGER) - 365 * 86400) * 1000000
BEGIN
    SELECT RAISE(ABORT, 'entries of the audit log are kept for a year');
END;
