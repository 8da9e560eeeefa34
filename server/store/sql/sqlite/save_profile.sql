INSERT INTO profiles (user_key, name, email, phone, locale, role, disabled_at, password_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (user_key) DO UPDATE
SET name = excluded.name, email = excluded.email, phone = excluded.phone, locale = excluded.locale, role = excluded.role,
    disabled_at = excluded.disabled_at, password_hash = excluded.password_hash
