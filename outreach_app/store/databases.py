"""The open database: one connection, used by one thread at a time, and the transactions on it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from outreach_app.store.engines import faults_told


class Database:
    """Hands out the connection; what is asked for within a transaction gets the connection of that transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._at_work: Connection | None = None
        self._changes = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; within a change, the one that the change is made on."""
        if self._at_work is not None:
            yield self._at_work
            return
        with self._transaction(self._engine.connect()) as connection:
            connection.begin()  # ended, and with it all that is temporary, when the connection is given back
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A connection to change with: all that is done on it is saved together, or nothing is."""
        if self._at_work is not None:
            if not self._changes:
                raise RuntimeError("a change was begun while reading: it would not be saved")
            yield self._at_work
            return
        self._changes = True
        try:
            with self._transaction(self._engine.begin()) as connection:
                yield connection
        finally:
            self._changes = False

    @contextmanager
    def _transaction(self, begun: AbstractContextManager[Connection]) -> Iterator[Connection]:
        try:
            with faults_told(), begun as connection:
                self._at_work = connection
                yield connection
        finally:
            self._at_work = None

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
