UPDATE topics SET title = $2 WHERE name = $1
