SELECT key, at, actor, action, target, address, done, detail FROM audit WHERE key < $1 ORDER BY key DESC LIMIT $2
