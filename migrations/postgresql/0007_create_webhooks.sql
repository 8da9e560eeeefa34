-- Places outside that hear of notifications. The secrets sign, so they stand here as they are.
CREATE TABLE webhooks (
    id               uuid PRIMARY KEY,
    url              text NOT NULL,
    secret           text NOT NULL,
    old_secret       text,
    old_secret_until bigint,
    user_id          text COLLATE "C",
    types            text NOT NULL,
    enabled          smallint NOT NULL,
    disabled_reason  text,
    disabled_at      bigint,
    created_at       bigint NOT NULL,
    updated_at       bigint NOT NULL
);
