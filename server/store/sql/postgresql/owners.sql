SELECT p.pos, n.user_key FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, pos) JOIN notifications n ON n.id = p.id
