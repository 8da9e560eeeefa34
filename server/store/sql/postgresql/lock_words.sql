-- Else the indexer could bring back what it has just read.
SELECT pg_advisory_xact_lock(hashtext('belfry search index'))
