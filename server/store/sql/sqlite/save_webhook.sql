UPDATE webhooks SET url = ?2, secret = ?3, old_secret = ?4, old_secret_until = ?5, user_id = ?6, types = ?7,
                    enabled = ?8, disabled_reason = ?9, disabled_at = ?10, created_at = ?11, updated_at = ?12
WHERE id = ?1
