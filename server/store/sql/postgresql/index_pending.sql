-- Of two that wait for one notification the later counts.
WITH taken AS (
    DELETE FROM search_pending WHERE pos IN (SELECT pos FROM search_pending ORDER BY pos LIMIT $1)
    RETURNING pos, id, words),
indexed AS (
    INSERT INTO search_terms (id, terms)
    SELECT DISTINCT ON (t.id) t.id, array_to_tsvector(string_to_array(t.words, ' '))
    FROM taken t JOIN notifications n ON n.id = t.id
    ORDER BY t.id, t.pos DESC
    ON CONFLICT (id) DO UPDATE SET terms = EXCLUDED.terms)
SELECT count(*) FROM taken
