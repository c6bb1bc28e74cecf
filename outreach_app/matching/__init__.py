"""Who may be the same: names read, keys to look people up by, suggestions while typing, probable duplicates.

Pure functions over small frozen dataclasses; nothing here knows of a store.
"""
