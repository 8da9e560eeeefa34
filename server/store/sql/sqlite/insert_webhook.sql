INSERT INTO webhooks (id, url, secret, old_secret, old_secret_until, user_id, types, enabled, disabled_reason,
                      disabled_at, created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
