INSERT INTO categories (name, title, description, channels, mandatory, ttl, retain_days, created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (name) DO UPDATE SET
    title = excluded.title, description = excluded.description, channels = excluded.channels,
    mandatory = excluded.mandatory, ttl = excluded.ttl, retain_days = excluded.retain_days,
    updated_at = excluded.updated_at
