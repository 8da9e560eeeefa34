DELETE FROM topics WHERE key = $1
