UPDATE erasures SET phase = ?2, log_done = ?3, answer_scope = ?4, answer_key = ?5, done_at = ?6
WHERE user_key = ?1
