UPDATE notifications SET
    seq = ?2, flags = ?3, updated_at = ?4, due_at = ?5, seen_at = ?6, read_at = ?7, acked_at = ?8, archived_at = ?9,
    snoozed_until = ?10, clicked_at = ?11, deleted_at = ?12, read_changed_at = ?13, archived_changed_at = ?14,
    snoozed_changed_at = ?15, attention_at = ?16
WHERE id = ?1
