SELECT name, title, created_at, subscribers FROM topics ORDER BY name
