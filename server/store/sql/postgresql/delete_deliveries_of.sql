DELETE FROM deliveries WHERE notification = $1
