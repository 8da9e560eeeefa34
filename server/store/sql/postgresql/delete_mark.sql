DELETE FROM marks WHERE user_key = $1 AND mark = $2 AND day = $3
