SELECT s.key, s.user_key, u.external_id
FROM subscriptions s JOIN topics t ON t.key = s.topic_key JOIN users u ON u.key = s.user_key
WHERE t.name = $1 AND s.key > $2 AND s.key <= $3
ORDER BY s.key LIMIT $4
