"""Workbooks: written from records, read back whatever people did to them. Rows in, bytes out; no database here."""
