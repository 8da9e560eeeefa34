INSERT INTO meta (name, value)
SELECT 'probe', string_agg(md5(random()::text || i::text), '') FROM generate_series(1, 1024) i
ON CONFLICT (name) DO UPDATE SET value = excluded.value
