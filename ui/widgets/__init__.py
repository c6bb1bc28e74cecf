"""The window's widgets. They draw what they are given and tell what was done; they know no record and no store."""
