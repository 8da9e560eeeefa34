SELECT e.user_key, u.external_id, e.asked_at, e.phase, e.bound, e.log_done, e.answer_scope, e.answer_key
FROM erasures e JOIN users u ON u.key = e.user_key
WHERE e.done_at IS NULL ORDER BY e.asked_at, e.user_key LIMIT 1
