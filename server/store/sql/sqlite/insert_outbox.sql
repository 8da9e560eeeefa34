INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, traceparent, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
