"""Stores in memory, copied from one made once: a thirtieth of what making one costs. And all that a store shows."""

import os
from typing import Any

import cbor2
from sqlalchemy import Engine

from outreach_app.journal.changes import Change
from outreach_app.journal.clock import Clock
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.operations.spaces import keys_of
from outreach_app.store.databases import Database
from outreach_app.store.engines import open_engine
from outreach_app.store.journals import Journal
from outreach_app.store.stores import Store

_templates: dict[int, Store] = {}


def _template(registry: Registry) -> Engine:
    if id(registry) not in _templates:
        _templates[id(registry)] = Store.in_memory(
            worker="Ada Crowe", department="Hill County Health", registry=registry, keys_of=keys_of
        )
    return _templates[id(registry)]._database._engine


def memory(worker: str = "Ada Crowe", registry: Registry = REGISTRY, clock: Clock | None = None) -> Store:
    """A new store of one space, on a laptop of its own."""
    engine = open_engine(None, b"")
    with _template(registry).connect() as source, engine.connect() as made:
        copy: Any = made.connection.driver_connection
        made.rollback()
        original: Any = source.connection.driver_connection
        original.backup(copy)
    with engine.begin() as connection:
        for name, value in (("worker", worker), ("seed", os.urandom(32))):
            connection.exec_driver_sql("UPDATE settings SET value = ? WHERE name = ?", (cbor2.dumps(value), name))
    return Store(Database(engine), registry, keys_of, clock)


def all_changes(store: Store) -> list[Change]:
    """Every change a store holds, run by run."""
    with store.reading() as connection:
        journal = Journal(connection)
        return [change for run in sorted(journal.known()) for change in journal.after(run, 0, 100_000)]


def all_shown(store: Store) -> dict[str, Any]:
    """Everything that follows from the journal: rows, what is undecided, lookups, and each word of the search."""
    store.catch_up()
    with store.reading() as connection:
        do = connection.exec_driver_sql
        tables = [f'SELECT * FROM "{name}"' for name in (*store.registry, "undecided", "lookups")]  # noqa: S608
        found: dict[str, Any] = {table: sorted(map(repr, do(table))) for table in tables}
        do("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, search, instance)")  # gone with the transaction
        words = "SELECT s.kind, s.record, i.col, i.term, i.offset FROM indexed i JOIN search_rows s ON s.row = i.doc"
        for name in store.registry:  # told without counting, and told rightly
            listed = f'SELECT count(*) FROM "{name}" WHERE shown AND stands_under IS NULL'  # noqa: S608
            assert store.count(name) == do(listed).scalar(), name
        found["search"] = sorted(map(tuple, do(words)))
    found["decisions"] = sorted(repr(decision) for decision in store.decisions())
    return found
