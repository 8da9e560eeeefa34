DELETE FROM jobs WHERE key = $1
