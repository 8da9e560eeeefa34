-- Times are microseconds since 1970 UTC; numbers of enums are those of shared/model; `data` is text, since jsonb
-- would re-order its keys. What is compared or ordered is compared by its bytes, as on every other database.

CREATE TABLE meta (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);

-- The counter row of a user's inbox: everything that each of its writes changes. Half of each page stays free, so
-- that a change finds room beside the old version and touches no index.
CREATE TABLE users (
    key         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    external_id text COLLATE "C" NOT NULL UNIQUE,
    head        bigint NOT NULL DEFAULT 0,
    floor       bigint NOT NULL DEFAULT 1,
    unseen      bigint NOT NULL DEFAULT 0,
    unread      bigint NOT NULL DEFAULT 0,
    number      bigint,
    created_at  bigint NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX users_number ON users (number) WHERE number IS NOT NULL;

CREATE TABLE profiles (
    user_key      bigint PRIMARY KEY,
    name          text NOT NULL,
    email         text COLLATE "C",
    password_hash bytea
);
CREATE UNIQUE INDEX profiles_email ON profiles (email) WHERE email IS NOT NULL;

CREATE TABLE preferences (
    user_key bigint PRIMARY KEY,
    etag     text NOT NULL,
    document text NOT NULL
);

-- One row is the notification and its own "created" entry of the log.
CREATE TABLE notifications (
    id                  uuid PRIMARY KEY,
    user_key            bigint NOT NULL,
    created_seq         bigint NOT NULL,
    seq                 bigint NOT NULL,
    flags               smallint NOT NULL,
    revision            integer NOT NULL,
    state               smallint NOT NULL,
    hold_reason         smallint NOT NULL,
    suppress_reason     smallint NOT NULL,
    marks               integer NOT NULL,
    urgency             smallint NOT NULL,
    created_at          bigint NOT NULL,
    updated_at          bigint NOT NULL,
    expires_at          bigint,
    scheduled_for       bigint,
    due_at              bigint,
    event_id            uuid,
    legacy_id           integer,
    type                text COLLATE "C" NOT NULL,
    title               text NOT NULL,
    message             text NOT NULL,
    data                text,
    priority            text,
    source              text,
    extra               text,
    collapse_key        text COLLATE "C",
    dedupe_key          text COLLATE "C",
    traceparent         text,
    rule                text,
    seen_at             bigint,
    read_at             bigint,
    acked_at            bigint,
    archived_at         bigint,
    snoozed_until       bigint,
    clicked_at          bigint,
    deleted_at          bigint,
    read_changed_at     bigint,
    archived_changed_at bigint,
    snoozed_changed_at  bigint
);
-- `flags` stands in the index so that a list skips what it does not show without touching the rows.
CREATE INDEX notifications_place ON notifications (user_key, created_seq) INCLUDE (flags);
CREATE INDEX notifications_due ON notifications (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notifications_held ON notifications (user_key, scheduled_for) WHERE hold_reason = 1 AND state = 1;
CREATE INDEX notifications_collapse ON notifications (user_key, collapse_key) WHERE collapse_key IS NOT NULL;
CREATE INDEX notifications_dedupe ON notifications (user_key, dedupe_key, created_at) WHERE dedupe_key IS NOT NULL;
CREATE UNIQUE INDEX notifications_legacy ON notifications (legacy_id) WHERE legacy_id IS NOT NULL;

-- What search finds a notification by: its folded words, each behind its user's key. A table of its own, since every
-- change of a row with an index of words would write all of its words again.
CREATE TABLE search_terms (
    id    uuid PRIMARY KEY,
    terms tsvector NOT NULL
);
CREATE INDEX search_terms_terms ON search_terms USING gin (terms);

-- The log's entries that are no notification's own row.
CREATE TABLE user_log (
    user_key bigint NOT NULL,
    seq      bigint NOT NULL,
    kind     smallint NOT NULL,
    alert    smallint NOT NULL,
    at       bigint NOT NULL,
    item     uuid,
    payload  text,
    PRIMARY KEY (user_key, seq)
);

CREATE TABLE answers (
    scope        text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    body_hash    bytea NOT NULL,
    at           bigint NOT NULL,
    status       integer NOT NULL,
    content_type text NOT NULL,
    body         bytea NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX answers_at ON answers (at);

CREATE TABLE ops (
    user_key   bigint NOT NULL,
    id         text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    seq        bigint NOT NULL,
    superseded smallint NOT NULL,
    items      bytea,
    PRIMARY KEY (user_key, id)
);
CREATE INDEX ops_at ON ops (at);

CREATE TABLE cursors (
    user_key bigint NOT NULL,
    device   text COLLATE "C" NOT NULL,
    seq      bigint NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (user_key, device)
);

CREATE TABLE marks (
    user_key bigint NOT NULL,
    mark     text COLLATE "C" NOT NULL,
    day      text COLLATE "C" NOT NULL,
    at       bigint NOT NULL,
    PRIMARY KEY (user_key, mark, day)
);
CREATE INDEX marks_at ON marks (at);

CREATE TABLE topics (
    key         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text COLLATE "C" NOT NULL UNIQUE,
    title       text NOT NULL,
    created_at  bigint NOT NULL,
    subscribers bigint NOT NULL DEFAULT 0
);

CREATE TABLE subscriptions (
    key       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic_key bigint NOT NULL,
    user_key  bigint NOT NULL,
    at        bigint NOT NULL,
    UNIQUE (topic_key, user_key)
);
CREATE INDEX subscriptions_order ON subscriptions (topic_key, key);

CREATE TABLE jobs (
    key     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic   text COLLATE "C" NOT NULL,
    payload text NOT NULL,
    last    bigint NOT NULL,
    bound   bigint NOT NULL,
    at      bigint NOT NULL
);

CREATE TABLE api_keys (
    id         text COLLATE "C" PRIMARY KEY,
    name       text NOT NULL,
    hash       bytea NOT NULL,
    scopes     bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint,
    bootstrap  smallint NOT NULL
);
