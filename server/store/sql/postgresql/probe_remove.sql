DELETE FROM meta WHERE name = 'probe'
