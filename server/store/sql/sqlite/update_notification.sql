UPDATE notifications SET
    created_seq = ?2, seq = ?3, flags = ?4, revision = ?5, state = ?6, hold_reason = ?7, suppress_reason = ?8,
    marks = ?9, urgency = ?10, updated_at = ?11, expires_at = ?12, scheduled_for = ?13, due_at = ?14, event_id = ?15,
    legacy_id = ?16, type = ?17, title = ?18, message = ?19, data = ?20, priority = ?21, source = ?22, extra = ?23,
    collapse_key = ?24, dedupe_key = ?25, traceparent = ?26, rule = ?27, seen_at = ?28, read_at = ?29, acked_at = ?30,
    archived_at = ?31, snoozed_until = ?32, clicked_at = ?33, deleted_at = ?34, read_changed_at = ?35,
    archived_changed_at = ?36, snoozed_changed_at = ?37, attention_at = ?38
WHERE id = ?1
