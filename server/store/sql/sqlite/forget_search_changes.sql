DELETE FROM search_changes WHERE pos <= ?1
