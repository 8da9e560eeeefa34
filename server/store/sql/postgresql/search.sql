-- What the index knows, and what still waits for it.
WITH pending AS MATERIALIZED (
    SELECT DISTINCT ON (id) id, words FROM search_pending WHERE user_key = $1 ORDER BY id, pos DESC),
found AS (
    SELECT s.id FROM search_terms s WHERE s.terms @@ $8::tsquery AND NOT EXISTS (SELECT FROM pending p WHERE p.id = s.id)
    UNION ALL
    SELECT p.id FROM pending p WHERE array_to_tsvector(string_to_array(p.words, ' ')) @@ $8::tsquery)
SELECT NULL, n.* FROM found f JOIN notifications n ON n.id = f.id
WHERE n.user_key = $1 AND n.created_seq BETWEEN 1 AND $2 AND (n.flags & $3) = $4
    AND ($5::text IS NULL OR n.type = $5)
ORDER BY n.created_seq DESC LIMIT $6 OFFSET $7
