"""What a store keeps besides what people wrote: whose it is, its keys, and how its worker likes things."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import cbor2
from sqlalchemy import Connection

from outreach_app.store.statements import Statements


def setting(connection: Connection, name: str, default: Any = None) -> Any:
    """The value kept under a name; ``default`` where there is none."""
    raw = Statements(connection)("SELECT value FROM settings WHERE name = ?", (name,)).scalar()
    return default if raw is None else cbor2.loads(raw)


def keep_setting(connection: Connection, name: str, value: Any) -> None:
    """Keep a value, of what CBOR can say, under a name."""
    Statements(connection)("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, cbor2.dumps(value)))


def settings_under(connection: Connection, beginning: str) -> dict[str, Any]:
    """All that is kept under names with this beginning."""
    rows = Statements(connection)(
        "SELECT name, value FROM settings WHERE substr(name, 1, ?) = ?", (len(beginning), beginning)
    )
    return {name: cbor2.loads(value) for name, value in rows}


def keep_secret(connection: Connection, name: str, value: Any) -> None:
    """Keep a value under a name; what stood there is written over, not only let go."""
    with _written_over(connection):
        keep_setting(connection, name, value)


def drop_setting(connection: Connection, name: str) -> None:
    """Keep nothing under a name; what stood there is written over, not only let go."""
    with _written_over(connection):
        Statements(connection)("DELETE FROM settings WHERE name = ?", (name,))


@contextmanager
def _written_over(connection: Connection) -> Iterator[None]:
    """What is let go within is filled with zeros."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
