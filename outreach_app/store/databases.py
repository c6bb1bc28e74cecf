"""The open database: one connection, used by one thread at a time, and the transactions on it."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from outreach_app.store.engines import BULK_CACHE, CACHE, PASSING_CACHE, cache, faults_told


class Database:
    """Hands out the connection; what is asked for within a transaction gets the connection of that transaction."""

    def __init__(self, engine: Engine) -> None:
        self._open: Engine | None = engine
        self._at_work: Connection | None = None
        self._changes = False
        self._sized = False
        self._turn = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; within a change, the one that the change is made on."""
        with self._turn:
            if self._at_work is not None:
                yield self._at_work
                return
            with self._transaction(self._engine.connect()) as connection:
                connection.begin()  # ended, and with it all that is temporary, when the connection is given back
                yield connection

    @property
    def may_change(self) -> bool:
        """Whether a change can be made now: not while somebody reads."""
        return self._at_work is None or self._changes

    @contextmanager
    def changing(self, durable: bool = True) -> Iterator[Connection]:
        """A connection to change with: all that is done on it is saved together, or nothing is.

        What is not ``durable`` may be gone after the battery dies, as a whole, and with nothing that was saved before.
        """
        if not durable and self._at_work is None:
            with self._hasty(), self.changing() as connection:
                yield connection
            return
        with self._turn:
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

    def roomy(self) -> AbstractContextManager[None]:
        """A block in which more of the database is kept in memory, for much that is taken in."""
        return self._keeping(BULK_CACHE)

    def sparing(self) -> AbstractContextManager[None]:
        """A block in which less of it is, for much that is read once."""
        return self._keeping(PASSING_CACHE)

    @contextmanager
    def _keeping(self, size: int) -> Iterator[None]:
        """Blocks may lie in one another, where the outer one counts; one begun within a transaction changes nothing."""
        if self._sized or self._at_work is not None:
            yield
            return
        self._set(cache(size))
        self._sized = True
        try:
            yield
        finally:
            self._sized = False
            self._set(cache(CACHE))

    @contextmanager
    def _hasty(self) -> Iterator[None]:
        """Commits that do not wait for the disk."""
        self._set("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self._set("PRAGMA synchronous = FULL")

    def _set(self, pragma: str) -> None:
        connection = self._engine.raw_connection()
        try:
            with faults_told():
                connection.cursor().execute(pragma)
        finally:
            connection.close()

    @contextmanager
    def _transaction(self, begun: AbstractContextManager[Connection]) -> Iterator[Connection]:
        try:
            with faults_told(), begun as connection:
                self._at_work = connection
                yield connection
        finally:
            self._at_work = None

    def flush(self) -> None:
        """Move all that was saved from the write-ahead log into the database, and empty the log."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    @property
    def _engine(self) -> Engine:
        if self._open is None:
            raise RuntimeError("the store was closed")
        return self._open

    def close(self) -> None:
        """Let go of the database, and of the engine, which holds the key to open it again."""
        if self._open is not None:
            self._open.dispose()
            self._open = None
