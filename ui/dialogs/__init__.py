"""Dialogs: each is named for what it asks."""
