UPDATE notifications SET
    seq = $3, flags = $4, updated_at = $5, seen_at = CASE WHEN $6 & 1 <> 0 THEN $7 ELSE seen_at END,
    read_at = CASE WHEN $6 & 2 <> 0 THEN $8 ELSE read_at END,
    acked_at = CASE WHEN $6 & 4 <> 0 THEN $9 ELSE acked_at END,
    archived_at = CASE WHEN $6 & 8 <> 0 THEN $10 ELSE archived_at END,
    snoozed_until = CASE WHEN $6 & 16 <> 0 THEN $11 ELSE snoozed_until END,
    clicked_at = CASE WHEN $6 & 32 <> 0 THEN $12 ELSE clicked_at END,
    deleted_at = CASE WHEN $6 & 64 <> 0 THEN $13 ELSE deleted_at END,
    read_changed_at = CASE WHEN $6 & 128 <> 0 THEN $14 ELSE read_changed_at END,
    archived_changed_at = CASE WHEN $6 & 256 <> 0 THEN $15 ELSE archived_changed_at END,
    snoozed_changed_at = CASE WHEN $6 & 512 <> 0 THEN $16 ELSE snoozed_changed_at END,
    attention_at = CASE WHEN $6 & 1024 <> 0 THEN $17 ELSE attention_at END
WHERE user_key = $1 AND created_seq = ANY ($2::bigint[])
