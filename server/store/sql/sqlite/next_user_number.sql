-- Above the highest number that has a free successor below 2^53: anyone can be sent to, so that the top may be taken.
SELECT coalesce((SELECT u.number FROM users u
                 WHERE u.number < 9007199254740991
                   AND NOT EXISTS (SELECT 1 FROM users v WHERE v.number = u.number + 1)
                 ORDER BY u.number DESC LIMIT 1), 0) + 1
