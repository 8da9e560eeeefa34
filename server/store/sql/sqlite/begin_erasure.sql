INSERT INTO erasures (user_key, asked_at, phase, bound, log_done, answer_scope, answer_key)
VALUES (?1, ?2, 0, ?3, 0, '', '')
ON CONFLICT (user_key) DO UPDATE
SET asked_at = excluded.asked_at, phase = 0, bound = excluded.bound, log_done = 0, answer_scope = '', answer_key = '',
    done_at = NULL
WHERE erasures.done_at IS NOT NULL
