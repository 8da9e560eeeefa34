-- Where a relay takes the changes from (BELFRY_OUTBOX): one row each, in the transaction of the change. The columns of
-- Debezium's outbox event router under the names that it looks for; `id` is text, so that everybody can read it.
CREATE TABLE outbox (
    position      INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL,
    aggregatetype TEXT NOT NULL,
    aggregateid   TEXT NOT NULL,
    type          TEXT NOT NULL,
    payload       TEXT NOT NULL,
    traceparent   TEXT,
    at            INTEGER NOT NULL,
    published_at  INTEGER
);
CREATE INDEX outbox_waiting ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX outbox_aggregate ON outbox (aggregateid, at);
