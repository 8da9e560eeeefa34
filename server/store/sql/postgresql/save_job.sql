UPDATE jobs SET last = $2 WHERE key = $1
