"""SQL as it is written, on the driver's own connection: a fifth of what the same statement costs through SQLAlchemy.

A sign-in is some thirty statements, and each of them has a person waiting.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection


class Rows:
    """What a statement gives, each row a tuple."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._cursor)

    def all(self) -> list[tuple[Any, ...]]:
        """Every row."""
        rows: list[tuple[Any, ...]] = self._cursor.fetchall()
        return rows

    def first(self) -> tuple[Any, ...] | None:
        """The first row, or None; the rest is let go."""
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        self._cursor.close()
        return row

    def scalar(self) -> Any:
        """The first value of the first row; None where there is no row."""
        row = self.first()
        return None if row is None else row[0]

    def scalars(self) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self._cursor]

    @property
    def changed(self) -> int:
        """How many rows the statement changed."""
        return int(self._cursor.rowcount)


class Statements:
    """Runs statements within the transaction that a connection is in."""

    __slots__ = ("_driver",)

    def __init__(self, connection: Connection) -> None:
        self._driver: Any = connection.connection.driver_connection

    def __call__(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Run a statement with a tuple of values, or once for each tuple of a list of them."""
        cursor = self._driver.cursor()
        if isinstance(values, list):
            cursor.executemany(statement, values)
        else:
            cursor.execute(statement, values)
        return Rows(cursor)
