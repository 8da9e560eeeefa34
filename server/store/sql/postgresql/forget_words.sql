DELETE FROM search_terms WHERE id = $1
