"""Changes, clock and merge: pure functions over sets that only grow. No database, no files."""
