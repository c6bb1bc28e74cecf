"""The encrypted store: database, journal tables, the tables rebuilt from it, search, keys, backup, migrations."""
