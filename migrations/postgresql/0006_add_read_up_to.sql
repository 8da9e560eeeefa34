-- The latest "all up to here is read", and when it was said: an older unread that comes later loses against it.
ALTER TABLE users
    ADD COLUMN read_up_to bigint NOT NULL DEFAULT 0,
    ADD COLUMN read_up_to_at bigint NOT NULL DEFAULT 0;
