DELETE FROM subscriptions WHERE topic_key = $1 AND user_key = $2
