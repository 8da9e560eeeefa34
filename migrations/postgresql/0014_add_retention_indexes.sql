-- What its user deleted, and what has ended of the deliveries: found by when that was, to be removed in its time.
CREATE INDEX notifications_deleted ON notifications (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX deliveries_ended ON deliveries (state, updated_at) WHERE due_at IS NULL;
