UPDATE notifications SET
    seq = ?3, flags = ?4, updated_at = ?5, seen_at = iif(?6 & 1, ?7, seen_at), read_at = iif(?6 & 2, ?8, read_at),
    acked_at = iif(?6 & 4, ?9, acked_at), archived_at = iif(?6 & 8, ?10, archived_at),
    snoozed_until = iif(?6 & 16, ?11, snoozed_until), clicked_at = iif(?6 & 32, ?12, clicked_at),
    deleted_at = iif(?6 & 64, ?13, deleted_at), read_changed_at = iif(?6 & 128, ?14, read_changed_at),
    archived_changed_at = iif(?6 & 256, ?15, archived_changed_at),
    snoozed_changed_at = iif(?6 & 512, ?16, snoozed_changed_at), attention_at = iif(?6 & 1024, ?17, attention_at)
WHERE user_key = ?1 AND created_seq IN (SELECT value FROM json_each(?2))
