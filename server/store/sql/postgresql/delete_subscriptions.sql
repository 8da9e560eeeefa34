DELETE FROM subscriptions WHERE topic_key = $1
