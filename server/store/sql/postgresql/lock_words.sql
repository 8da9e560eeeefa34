-- One at a time writes words or removes them: else an older text could take the place of a newer one, or the indexer
-- bring back what it has just read. Ends with the transaction.
SELECT pg_advisory_xact_lock(hashtext('belfry search index'))
