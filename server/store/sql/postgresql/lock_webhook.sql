SELECT id, url, secret, old_secret, old_secret_until, user_id, types, enabled, disabled_reason, disabled_at,
       created_at, updated_at
FROM webhooks WHERE id = $1 FOR UPDATE
