SELECT device, seq, at FROM cursors WHERE user_key = $1 ORDER BY device
