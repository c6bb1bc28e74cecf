"""Everything Outreach knows and does. Runs with no Qt installed; ARCHITECTURE.md is the way in."""

__version__ = "0.1.0"
