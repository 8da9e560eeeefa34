-- What the index holds follows by search_changes, in their order.
SELECT 1
