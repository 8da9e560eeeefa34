WITH r AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::smallint[],
    $6::int[], $7::smallint[], $8::smallint[], $9::smallint[], $10::int[], $11::smallint[], $12::bigint[],
    $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::uuid[], $18::int[], $19::text[], $20::text[],
    $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::bigint[], $31::bigint[], $32::bigint[], $33::bigint[], $34::bigint[], $35::bigint[],
    $36::bigint[], $37::bigint[], $38::bigint[], $39::bigint[], $40::bigint[], $41::text[]) AS r (id, user_key,
    created_seq, seq, flags, revision, state, hold_reason, suppress_reason, marks, urgency, created_at, updated_at,
    expires_at, scheduled_for, due_at, event_id, legacy_id, type, title, message, data, priority, source, extra,
    collapse_key, dedupe_key, traceparent, rule, seen_at, read_at, acked_at, archived_at, snoozed_until, clicked_at,
    deleted_at, read_changed_at, archived_changed_at, snoozed_changed_at, attention_at, words)),
updated AS (UPDATE notifications n SET
    created_seq = r.created_seq, seq = r.seq, flags = r.flags, revision = r.revision, state = r.state,
    hold_reason = r.hold_reason, suppress_reason = r.suppress_reason, marks = r.marks, urgency = r.urgency,
    updated_at = r.updated_at, expires_at = r.expires_at, scheduled_for = r.scheduled_for, due_at = r.due_at,
    event_id = r.event_id, legacy_id = r.legacy_id, type = r.type, title = r.title, message = r.message,
    data = r.data, priority = r.priority, source = r.source, extra = r.extra, collapse_key = r.collapse_key,
    dedupe_key = r.dedupe_key, traceparent = r.traceparent, rule = r.rule, seen_at = r.seen_at,
    read_at = r.read_at, acked_at = r.acked_at, archived_at = r.archived_at, snoozed_until = r.snoozed_until,
    clicked_at = r.clicked_at, deleted_at = r.deleted_at, read_changed_at = r.read_changed_at,
    archived_changed_at = r.archived_changed_at, snoozed_changed_at = r.snoozed_changed_at,
    attention_at = r.attention_at
FROM r WHERE n.id = r.id RETURNING n.id, n.user_key, r.words)
INSERT INTO search_pending (id, user_key, words) SELECT id, user_key, words FROM updated
