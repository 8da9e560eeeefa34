DELETE FROM cursors WHERE user_key = $1 AND device = $2
