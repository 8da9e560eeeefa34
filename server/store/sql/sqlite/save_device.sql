INSERT INTO devices (user_key, id, name, platform, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (user_key, id) DO UPDATE SET
    name = excluded.name, platform = excluded.platform, updated_at = excluded.updated_at
