-- Where a relay takes the changes from (BELFRY_OUTBOX): one row each, in the transaction of the change. The columns of
-- Debezium's outbox event router under the names that it looks for. `position` is in order for each `aggregateid`; over
-- all, a lower one may be committed later.
CREATE TABLE outbox (
    position      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            uuid NOT NULL,
    aggregatetype text COLLATE "C" NOT NULL,
    aggregateid   text COLLATE "C" NOT NULL,
    type          text COLLATE "C" NOT NULL,
    payload       text NOT NULL,
    traceparent   text,
    at            bigint NOT NULL,
    published_at  bigint
);
CREATE INDEX outbox_waiting ON outbox (position) WHERE published_at IS NULL;
CREATE INDEX outbox_aggregate ON outbox (aggregateid, at);
