-- One way of one notification out of the house. `due_at` is when to look at it: for its next try, or because the lease of
-- who sends it is over; nothing once it has ended.
CREATE TABLE deliveries (
    key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           uuid NOT NULL,
    notification uuid NOT NULL,
    user_key     bigint NOT NULL,
    channel      smallint NOT NULL,
    endpoint     uuid NOT NULL,
    revision     integer NOT NULL,
    state        smallint NOT NULL,
    rule         text NOT NULL,
    reason       text,
    attempts     integer NOT NULL,
    history      text NOT NULL,
    due_at       bigint,
    lease        uuid,
    created_at   bigint NOT NULL,
    updated_at   bigint NOT NULL
);
CREATE UNIQUE INDEX deliveries_id ON deliveries (id);
CREATE UNIQUE INDEX deliveries_way ON deliveries (notification, channel, endpoint);
-- What is due for an endpoint; what is first in the lane of an endpoint and a user; when something is due next.
CREATE INDEX deliveries_due ON deliveries (endpoint, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_lane ON deliveries (endpoint, user_key, key) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_next ON deliveries (due_at) WHERE due_at IS NOT NULL;
-- What an administrator looks at: one state, dead letters above all, newest first.
CREATE INDEX deliveries_state ON deliveries (state, key);
