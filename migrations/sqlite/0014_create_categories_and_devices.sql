-- Kinds of notifications. `channels` has a character for each channel, in the order of their numbers, and one for all
-- others: 1, 0, or - where it says nothing. `ttl` is in seconds; `retain_days` 0 is for ever.
CREATE TABLE categories (
    name        TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    description TEXT NOT NULL,
    channels    TEXT NOT NULL,
    mandatory   INTEGER NOT NULL,
    ttl         INTEGER,
    retain_days INTEGER,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) WITHOUT ROWID;

-- Clients that have told their name. How far each got stands in cursors.
CREATE TABLE devices (
    user_key   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL,
    platform   TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_key, id)
) WITHOUT ROWID;
