INSERT INTO meta (name, value) VALUES ('legacy_id', ?1)
ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + ?1
RETURNING CAST(value AS INTEGER)
