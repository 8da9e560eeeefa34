SELECT coalesce(max(key), 0) FROM subscriptions WHERE topic_key = $1
