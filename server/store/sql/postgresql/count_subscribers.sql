UPDATE topics SET subscribers = subscribers + $2 WHERE key = $1
