SELECT key, external_id, head, floor, unseen, unread FROM users
WHERE external_id = ANY (ARRAY(SELECT jsonb_array_elements_text($1)))
