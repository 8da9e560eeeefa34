INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, traceparent, at)
SELECT id, aggregatetype, aggregateid, type, payload, traceparent, at
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[]) WITH ORDINALITY AS r
    (id, aggregatetype, aggregateid, type, payload, traceparent, at, pos)
ORDER BY pos
