"""Table models: windows on what the store lists, never the whole of it."""
