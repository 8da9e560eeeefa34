SELECT count(*) FROM search_pending
