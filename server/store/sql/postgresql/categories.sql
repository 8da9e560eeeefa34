SELECT name, title, description, channels, mandatory, ttl, retain_days, created_at, updated_at
FROM categories ORDER BY name
