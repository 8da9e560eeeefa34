-- Times are microseconds since 1970 UTC; ids are 16 bytes; numbers of enums are those of shared/model.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The counter row of a user's inbox: everything that each of its writes changes.
CREATE TABLE users (
    key         INTEGER PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    head        INTEGER NOT NULL DEFAULT 0,
    floor       INTEGER NOT NULL DEFAULT 1,
    unseen      INTEGER NOT NULL DEFAULT 0,
    unread      INTEGER NOT NULL DEFAULT 0,
    number      INTEGER,
    created_at  INTEGER NOT NULL
);
CREATE INDEX users_number ON users (number) WHERE number IS NOT NULL;

CREATE TABLE profiles (
    user_key      INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    email         TEXT,
    password_hash BLOB
);
CREATE UNIQUE INDEX profiles_email ON profiles (email) WHERE email IS NOT NULL;

CREATE TABLE preferences (
    user_key INTEGER PRIMARY KEY,
    etag     TEXT NOT NULL,
    document TEXT NOT NULL
);

-- One row is the notification and its own "created" entry of the log.
CREATE TABLE notifications (
    key                 INTEGER PRIMARY KEY,
    id                  BLOB NOT NULL,
    user_key            INTEGER NOT NULL,
    created_seq         INTEGER NOT NULL,
    seq                 INTEGER NOT NULL,
    flags               INTEGER NOT NULL,
    revision            INTEGER NOT NULL,
    state               INTEGER NOT NULL,
    hold_reason         INTEGER NOT NULL,
    suppress_reason     INTEGER NOT NULL,
    marks               INTEGER NOT NULL,
    urgency             INTEGER NOT NULL,
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL,
    expires_at          INTEGER,
    scheduled_for       INTEGER,
    due_at              INTEGER,
    event_id            BLOB,
    legacy_id           INTEGER,
    type                TEXT NOT NULL,
    title               TEXT NOT NULL,
    message             TEXT NOT NULL,
    data                TEXT,
    priority            TEXT,
    source              TEXT,
    extra               TEXT,
    collapse_key        TEXT,
    dedupe_key          TEXT,
    traceparent         TEXT,
    rule                TEXT,
    seen_at             INTEGER,
    read_at             INTEGER,
    acked_at            INTEGER,
    archived_at         INTEGER,
    snoozed_until       INTEGER,
    clicked_at          INTEGER,
    deleted_at          INTEGER,
    read_changed_at     INTEGER,
    archived_changed_at INTEGER,
    snoozed_changed_at  INTEGER
);
CREATE UNIQUE INDEX notifications_id ON notifications (id);
-- `flags` stands in the index so that a list skips what it does not show without touching the rows.
CREATE INDEX notifications_place ON notifications (user_key, created_seq, flags);
CREATE INDEX notifications_due ON notifications (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notifications_held ON notifications (user_key, scheduled_for) WHERE hold_reason = 1 AND state = 1;
CREATE INDEX notifications_collapse ON notifications (user_key, collapse_key, created_seq)
    WHERE collapse_key IS NOT NULL;
CREATE INDEX notifications_dedupe ON notifications (user_key, dedupe_key, created_at) WHERE dedupe_key IS NOT NULL;
CREATE UNIQUE INDEX notifications_legacy ON notifications (legacy_id) WHERE legacy_id IS NOT NULL;

-- The log's entries that are no notification's own row.
CREATE TABLE user_log (
    user_key INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    kind     INTEGER NOT NULL,
    alert    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    item     BLOB,
    payload  TEXT,
    PRIMARY KEY (user_key, seq)
) WITHOUT ROWID;

CREATE TABLE answers (
    scope        TEXT NOT NULL,
    key          TEXT NOT NULL,
    body_hash    BLOB NOT NULL,
    at           INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    body         BLOB NOT NULL,
    PRIMARY KEY (scope, key)
) WITHOUT ROWID;
CREATE INDEX answers_at ON answers (at);

CREATE TABLE ops (
    user_key   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    at         INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    items      BLOB,
    PRIMARY KEY (user_key, id)
) WITHOUT ROWID;
CREATE INDEX ops_at ON ops (at);

CREATE TABLE cursors (
    user_key INTEGER NOT NULL,
    device   TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (user_key, device)
) WITHOUT ROWID;

CREATE TABLE marks (
    user_key INTEGER NOT NULL,
    mark     TEXT NOT NULL,
    day      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (user_key, mark, day)
) WITHOUT ROWID;
CREATE INDEX marks_at ON marks (at);

CREATE TABLE topics (
    key         INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    title       TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    subscribers INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE subscriptions (
    key       INTEGER PRIMARY KEY AUTOINCREMENT,
    topic_key INTEGER NOT NULL,
    user_key  INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    UNIQUE (topic_key, user_key)
);
CREATE INDEX subscriptions_order ON subscriptions (topic_key, key);

CREATE TABLE jobs (
    key     INTEGER PRIMARY KEY AUTOINCREMENT,
    topic   TEXT NOT NULL,
    payload TEXT NOT NULL,
    last    INTEGER NOT NULL,
    bound   INTEGER NOT NULL,
    at      INTEGER NOT NULL
);

CREATE TABLE api_keys (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    hash       BLOB NOT NULL,
    scopes     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    bootstrap  INTEGER NOT NULL
) WITHOUT ROWID;

-- What the search index, a file of its own, has to look at again.
CREATE TABLE search_changes (
    pos         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_key    INTEGER NOT NULL,
    created_seq INTEGER NOT NULL
);
