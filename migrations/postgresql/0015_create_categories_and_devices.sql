-- Kinds of notifications. `channels` has a character for each channel, in the order of their numbers, and one for all
-- others: 1, 0, or - where it says nothing. `ttl` is in seconds; `retain_days` 0 is for ever.
CREATE TABLE categories (
    name        text COLLATE "C" PRIMARY KEY,
    title       text NOT NULL,
    description text NOT NULL,
    channels    text NOT NULL,
    mandatory   smallint NOT NULL,
    ttl         bigint,
    retain_days bigint,
    created_at  bigint NOT NULL,
    updated_at  bigint NOT NULL
);

-- Clients that have told their name. How far each got stands in cursors.
CREATE TABLE devices (
    user_key   bigint NOT NULL,
    id         text COLLATE "C" NOT NULL,
    name       text NOT NULL,
    platform   text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    PRIMARY KEY (user_key, id)
);
