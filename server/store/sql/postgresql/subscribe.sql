INSERT INTO subscriptions (topic_key, user_key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
