-- Places outside that hear of notifications. The secrets sign, so they stand here as they are.
CREATE TABLE webhooks (
    id               BLOB PRIMARY KEY,
    url              TEXT NOT NULL,
    secret           TEXT NOT NULL,
    old_secret       TEXT,
    old_secret_until INTEGER,
    user_id          TEXT,
    types            TEXT NOT NULL,
    enabled          INTEGER NOT NULL,
    disabled_reason  TEXT,
    disabled_at      INTEGER,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL
) WITHOUT ROWID;
