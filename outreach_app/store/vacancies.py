"""Rows that nothing speaks for any longer: all that was said of their record was set back."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from outreach_app.store.clusters import Joined, ends, linked
from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements


def vacate(connection: Connection, records: Mapping[str, Collection[str]], joinable: Collection[str]) -> Joined:
    """Take away the rows of these records, by kind, and what is found by them; the records that they joined, or were
    joined with, by kind."""
    do = Statements(connection)
    parted: Joined = {}
    for kind, gone in records.items():
        if kind == "links":
            for of_kind, pair in ends(connection, gone).items():
                parted.setdefault(of_kind, set()).update(pair)
        elif kind in joinable:
            parted.setdefault(kind, set()).update(linked(connection, kind, gone))
    for kind, gone in records.items():
        for chunk in chunks(gone):
            marks = ",".join("?" * len(chunk))
            at = (kind, *chunk)
            do(f'DELETE FROM "{kind}" WHERE id IN ({marks})', tuple(chunk))  # noqa: S608 (a declared kind)
            indexed = f"SELECT row FROM search_rows WHERE kind = ? AND record IN ({marks})"  # noqa: S608 (only question marks)
            do(f"DELETE FROM search WHERE rowid IN ({indexed})", at)  # noqa: S608
            for table in ("undecided", "lookups", "search_rows", "unindexed"):
                do(f"DELETE FROM {table} WHERE kind = ? AND record IN ({marks})", at)  # noqa: S608 (our own names)
        do("INSERT OR IGNORE INTO uncompared VALUES (?,?)", [(record, kind) for record in gone])
    return parted
