SELECT coalesce(max(number), 0) + 1 FROM users WHERE number IS NOT NULL
