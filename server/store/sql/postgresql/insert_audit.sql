INSERT INTO audit (at, actor, action, target, address, done, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)
