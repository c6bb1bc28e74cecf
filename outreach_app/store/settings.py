"""What a store keeps besides what people wrote: whose it is, its keys, and how its worker likes things."""

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


def drop_setting(connection: Connection, name: str) -> None:
    """Keep nothing under a name; what stood there is written over, not only let go."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    Statements(connection)("DELETE FROM settings WHERE name = ?", (name,))
    connection.exec_driver_sql("PRAGMA secure_delete = OFF")
