-- Users that are to be forgotten, and how far that is. A row stays: it says when a user was erased.
CREATE TABLE erasures (
    user_key     INTEGER PRIMARY KEY,
    asked_at     INTEGER NOT NULL,
    phase        INTEGER NOT NULL,
    bound        INTEGER NOT NULL,
    log_done     INTEGER NOT NULL,
    answer_scope TEXT NOT NULL,
    answer_key   TEXT NOT NULL,
    done_at      INTEGER
);
CREATE INDEX erasures_open ON erasures (asked_at) WHERE done_at IS NULL;
-- The search index knows how far it is by the keys of notifications: none may be given twice. So where the last one goes,
-- an empty row of nobody keeps its key until there is a later one.
CREATE TRIGGER notifications_keys AFTER DELETE ON notifications
WHEN NOT EXISTS (SELECT 1 FROM notifications WHERE key > OLD.key)
BEGIN
    DELETE FROM notifications WHERE user_key = 0;
    INSERT INTO notifications (key, id, user_key, created_seq, seq, flags, revision, state, hold_reason, suppress_reason,
                               marks, urgency, created_at, updated_at, type, title, message)
    VALUES (OLD.key, randomblob(16), 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, '', '', '');
END;
