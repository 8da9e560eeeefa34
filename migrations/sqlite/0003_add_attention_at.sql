-- When a renotify last asked for attention anew: what was seen or acked before that was another revision.
ALTER TABLE notifications ADD COLUMN attention_at INTEGER;
