SELECT t.key FROM topics t JOIN subscriptions s ON s.topic_key = t.key AND s.user_key = $1 AND s.at <= $2
LIMIT $3
