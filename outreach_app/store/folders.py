"""A store's folder: what lies in it, who holds it, and how a new one comes to be whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from outreach_app.model.errors import InUse
from outreach_app.store.door_looks import FILE as DOOR
from outreach_app.store.durable_files import flush_folder, make_folder, not_writable, writable
from outreach_app.store.key_files import DATABASE, UNFINISHED
from outreach_app.store.key_files import FILE as KEYS
from outreach_app.texts import _

LOCK = "outreach.lock"
__all__ = ["DATABASE", "LOCK", "OWN_NAMES", "UNFINISHED", "locked", "making", "new_folder"]

_BESIDE = ("", "-wal", "-shm", "-journal")

OWN_NAMES = frozenset({KEYS, LOCK, DOOR, *(name + ending for name in (DATABASE, UNFINISHED) for ending in _BESIDE)})
"""What the files of a store are called."""


def locked(folder: Path) -> FileLock:
    """The lock that keeps a second program out of the folder. Raises InUse or NotWritable."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:  # an OSError too
        raise InUse(
            _("This store is already open in another window. Close that window, or go on working there.")
        ) from None
    except OSError as fault:
        raise not_writable(fault, folder) from fault
    return lock


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Where to make the database of a new store; it gets its true name when the block ends well.

    Where it does not, or where the program was killed in an earlier try, nothing of it stays.
    """
    unfinished = folder / UNFINISHED
    if unfinished.exists():
        _clear(folder, KEYS)
    had_key = (folder / KEYS).exists()
    try:
        with writable(folder):
            unfinished.touch()
        yield unfinished
        with writable(folder):
            unfinished.replace(folder / DATABASE)
            flush_folder(folder)
    except BaseException:
        _clear(folder, DATABASE, *(() if had_key else (KEYS,)))
        raise


def _clear(folder: Path, *also: str) -> None:
    """Take away what was made; its mark, the unfinished database, goes last."""
    for name in [*also, *(UNFINISHED + ending for ending in reversed(_BESIDE))]:
        (folder / name).unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[FileLock]:
    """A folder for a new store, made where it is missing, and held. After a fault it is as it was before."""
    there = folder.exists()
    make_folder(folder)
    lock = locked(folder)
    try:
        yield lock
    except BaseException:
        lock.release()
        if not there:
            with suppress(OSError):  # what somebody else put there meanwhile stays
                (folder / LOCK).unlink(missing_ok=True)
                folder.rmdir()
        raise
