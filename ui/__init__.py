"""The window: hand-written Qt widgets on top of ``outreach_app``, which knows nothing of them."""
