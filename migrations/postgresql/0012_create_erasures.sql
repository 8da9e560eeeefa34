-- Users that are to be forgotten, and how far that is. A row stays: it says when a user was erased.
CREATE TABLE erasures (
    user_key     bigint PRIMARY KEY,
    asked_at     bigint NOT NULL,
    phase        smallint NOT NULL,
    bound        bigint NOT NULL,
    log_done     bigint NOT NULL,
    answer_scope text COLLATE "C" NOT NULL,
    answer_key   text COLLATE "C" NOT NULL,
    done_at      bigint
);
CREATE INDEX erasures_open ON erasures (asked_at) WHERE done_at IS NULL;
