SELECT name, title, created_at, subscribers FROM topics WHERE name = $1
