-- Dedupe keys whose notification goes on under another one, since a collapse replaced its content: a repeat has to
-- find it all the same. `at` is when the key was accepted.
CREATE TABLE dedupes (
    user_key bigint NOT NULL,
    key      text COLLATE "C" NOT NULL,
    at       bigint NOT NULL,
    item     uuid NOT NULL,
    PRIMARY KEY (user_key, key)
);
CREATE INDEX dedupes_at ON dedupes (at);
