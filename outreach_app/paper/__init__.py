"""Printed sheets: what they say, and the one renderer that sets them."""
