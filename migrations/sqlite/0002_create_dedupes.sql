-- Dedupe keys whose notification goes on under another one, since a collapse replaced its content: a repeat has to
-- find it all the same. `at` is when the key was accepted.
CREATE TABLE dedupes (
    user_key INTEGER NOT NULL,
    key      TEXT NOT NULL,
    at       INTEGER NOT NULL,
    item     BLOB NOT NULL,
    PRIMARY KEY (user_key, key)
) WITHOUT ROWID;
CREATE INDEX dedupes_at ON dedupes (at);
