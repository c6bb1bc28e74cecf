"""A long event in fast-forward: the real window, driven key by key, and all that happens to it in four hours."""
