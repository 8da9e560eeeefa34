-- One way of one notification out of the house. `due_at` is when to look at it: for its next try, or because the lease of
-- who sends it is over; nothing once it has ended.
CREATE TABLE deliveries (
    key          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           BLOB NOT NULL,
    notification BLOB NOT NULL,
    user_key     INTEGER NOT NULL,
    channel      INTEGER NOT NULL,
    endpoint     BLOB NOT NULL,
    revision     INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    rule         TEXT NOT NULL,
    reason       TEXT,
    attempts     INTEGER NOT NULL,
    history      TEXT NOT NULL,
    due_at       INTEGER,
    lease        BLOB,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
);
CREATE UNIQUE INDEX deliveries_id ON deliveries (id);
CREATE UNIQUE INDEX deliveries_way ON deliveries (notification, channel, endpoint);
-- What is due for an endpoint; what is first in the lane of an endpoint and a user; when something is due next.
CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_lane ON deliveries (endpoint, user_key, key) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_next ON deliveries (due_at) WHERE due_at IS NOT NULL;
-- What an administrator looks at: one state, dead letters above all, newest first.
CREATE INDEX deliveries_state ON deliveries (state, key);
