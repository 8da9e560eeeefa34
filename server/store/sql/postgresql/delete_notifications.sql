WITH terms AS (DELETE FROM search_terms WHERE id = ANY ($1::uuid[]))
DELETE FROM notifications WHERE id = ANY ($1::uuid[])
