"""Opening the SQLCipher database through SQLAlchemy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from outreach_app.model.errors import NotWritable, OutreachError
from outreach_app.model.vocabularies import folded
from outreach_app.store.damages import database_damaged
from outreach_app.texts import _

OLDEST_SQLITE = (3, 51, 3)
"""Earlier ones can lose a committed page when a write-ahead log is reset (fixed in 3.51.3)."""


CACHE = 32_000
"""What is kept of the database in memory, in kibibytes: decrypting a page anew takes longer than using it."""

BULK_CACHE = 320_000
"""The same while much is taken in, which goes all over the database."""

PASSING_CACHE = 8_000
"""The same while all of a table is read once, which uses no page again."""


def cache(size: int) -> str:
    """The statement that has so many kibibytes of a database kept in memory."""
    return f"PRAGMA cache_size = -{size}"


def check_sqlite() -> None:
    """Refuse a SQLite that can lose what was saved."""
    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise OutreachError(_("This copy of Outreach was built with an unsafe database. Please install it again."))


def open_engine(path: Path | None, key: bytes) -> Engine:
    """An engine on one connection to the database at ``path`` (in memory if None), unlocked with the 32-byte ``key``.

    Transactions begin where SQLAlchemy says so; temporary tables stay in memory. Only one program opens a store, so
    no transaction ever waits for another.
    """
    check_sqlite()

    def connect() -> Any:
        connection = dbapi2.connect(str(path) if path else ":memory:", isolation_level=None, check_same_thread=False)
        if path:
            prepare(connection, key)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.create_function("folded", 1, _folded, deterministic=True)
        try:
            with faults_told():
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(cache(CACHE))
        except BaseException:
            connection.close()
            raise
        return connection

    # what people wrote is in the parameters, and no text of a fault may carry it
    engine = create_engine("sqlite://", module=dbapi2, creator=connect, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.connection.driver_connection.execute("BEGIN")

    return engine


def _folded(text: object) -> str | None:
    """SQL's ``folded``: text as it is compared, without case and accents."""
    return None if text is None else folded(str(text))


def prepare(connection: Any, key: bytes) -> None:
    """Unlock a connection that was just made, with the 32-byte ``key``."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a damaged page is told on standard error too
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


@contextmanager
def faults_told() -> Iterator[None]:
    """What is done with a database; a fault of the world is raised as the sentence for the person."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as fault:
        known = told(fault.orig if isinstance(fault, DBAPIError) else fault)
        if known is None:
            raise
        raise known from fault


def told(fault: BaseException | None) -> OutreachError | None:
    """A database fault of the world, as the sentence for the person; None for anything else."""
    text = str(fault).lower()
    if "disk is full" in text or "disk i/o" in text:
        return NotWritable(_("The disk is full or does not answer. Nothing was saved; make room and try again."))
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return NotWritable(_("This folder cannot be written to. Choose another, or ask for permission to write there."))
    if "not a database" in text or "malformed" in text or "corrupt" in text:
        return database_damaged()
    return None
