"""The demo: a season of made-up people and words, planned here and played through the same verbs as the window."""
