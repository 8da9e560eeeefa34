DELETE FROM categories WHERE name = ?1
