SELECT key FROM topics WHERE name = $1
