SELECT seq, at FROM user_log WHERE user_key = $1 AND seq >= $2
UNION ALL
SELECT created_seq, greatest(created_at, coalesce(scheduled_for, created_at)) FROM notifications
WHERE user_key = $1 AND created_seq >= $2
ORDER BY 1 LIMIT $3
