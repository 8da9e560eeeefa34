INSERT INTO meta (name, value) VALUES ('probe', hex(randomblob(16384)))
ON CONFLICT DO UPDATE SET value = excluded.value
