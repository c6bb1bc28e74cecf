"""Backups: a consistent copy by SQLite's own backup, verified by opening it, with the key file that opens it.

A backup is one zip file of ``outreach.db`` and ``keys.json``. Its comment, the label, is written last, once all else
was verified: ``{"at": ..., "changes": ..., "salt": ..., "parts": {name: SHA-256}, "proof": ...}``. A file without it
does not count as a backup of this program. The proof is a hash of the rest keyed with the store's key: so a store knows
its own backups by what they hold, whatever they are called, wherever they lie, and whatever others are.
"""

import json
import os
import secrets
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from sqlcipher3 import dbapi2

from outreach_app.model.errors import Damaged, InUse, NotFound, OutreachError
from outreach_app.store.damages import database_damaged
from outreach_app.store.durable_files import flush_folder, make_durably, not_writable, writable, write_durably
from outreach_app.store.engines import faults_told, prepare
from outreach_app.store.folders import DATABASE, LOCK, making, new_folder
from outreach_app.store.handouts import keep_clear
from outreach_app.store.key_files import read_key_file
from outreach_app.store.keys import FILE as KEYS
from outreach_app.store.keys import keyed, proves
from outreach_app.texts import _

Progress = Callable[[int, int], None]
"""Told how much is copied, of how much. Whatever it raises ends the copying, and nothing of it stays."""

_PAGES = 2_000  # copied between two reports
_BLOCK = 1 << 20
SALT = 16
"""Bytes at the beginning of a database, which with the key make the seals of its pages: without them none reads."""


@dataclass(frozen=True, slots=True)
class Source:
    """An open store, as it is copied: beside its own work and on any thread."""

    folder: Path
    key: bytes = field(repr=False)
    device: bytes

    @property
    def mark(self) -> str:
        """What its backups and what is left of them are called by, where several laptops share a folder."""
        return self.device[:4].hex()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made. ``verified``: it was opened and compared then, and its bytes are still those."""

    file: Path
    at: int  # microseconds since 1970 UTC, by the laptop's clock
    changes: int
    verified: bool


def back_up(source: Source, target: Path, at: int, progress: Progress = lambda _done, _of: None) -> Backup:
    """Write a store to one file, encrypted as it is.

    The copy is made beside the target, opened and checked, and only then takes its name. Raises BadInput, NotWritable,
    Damaged; then what was under that name is as before.
    """
    keep_clear(target)
    begins = f".backup-{source.mark}-"
    try:
        make_durably(target.parent)
        for left_over in target.parent.glob(f"{begins}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        with faults_told(), TemporaryDirectory(dir=target.parent, prefix=begins) as place:
            copy, packed = Path(place) / DATABASE, Path(place) / "packed"
            changes = _copy(source, copy, progress)
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
                archive.write(copy, DATABASE)
                archive.write(source.folder / KEYS, KEYS)
                archive.comment = _label(archive, at, changes, source)
            with packed.open("rb+") as file:
                os.fsync(file.fileno())
            made = inspected(packed, source.key)
            if made is None or not made.verified or not proves(_kept_keys(packed, Path(place)), source.key):
                raise _not_verified()
            packed.replace(target)
            flush_folder(target.parent)
    except OSError as fault:
        raise not_writable(fault, target.parent) from fault
    return Backup(target, at, changes, True)


def _copy(source: Source, copy: Path, progress: Progress) -> int:
    """Copy the database as it stands at one moment, and see that the copy is whole; how many changes are in it."""
    with closing(dbapi2.connect(str(source.folder / DATABASE), isolation_level=None)) as live:
        prepare(live, source.key)
        live.execute("BEGIN")  # held to the end: what is saved meanwhile is in the next one
        expected = _counted(live)
        with closing(dbapi2.connect(str(copy), isolation_level=None)) as made:
            prepare(made, source.key)
            live.backup(made, pages=_PAGES, progress=lambda _status, left, of: progress(of - left, of))
        live.execute("ROLLBACK")
    if verified(copy, source.key) != expected:
        raise _not_verified() if _sound(source) else database_damaged()
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return expected


def _sound(source: Source) -> bool:
    """Whether the store's own pages are as they were written: where a copy is not whole, they may be why."""
    try:
        with closing(dbapi2.connect(str(source.folder / DATABASE), isolation_level=None)) as live:
            prepare(live, source.key)
            faults = live.execute("PRAGMA cipher_integrity_check").fetchall()
            return not faults and live.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except dbapi2.DatabaseError:
        return False


def verified(copy: Path, key: bytes) -> int:
    """Open a copied database by its key and look at every page; how many changes are in it, -1 if it is not whole."""
    try:
        with closing(dbapi2.connect(str(copy), isolation_level=None)) as opened:
            prepare(opened, key)
            opened.execute("PRAGMA locking_mode = EXCLUSIVE")  # a share has no memory to share
            faults = opened.execute("PRAGMA cipher_integrity_check").fetchall()
            if faults or opened.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return -1
            return _counted(opened)
    except dbapi2.DatabaseError:
        return -1


def _counted(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM changes").fetchone()[0])


def labelled(file: Path, key: bytes) -> Backup | None:
    """A backup as its label says, if it is one of the store with this key; its bytes are not looked at."""
    try:
        with zipfile.ZipFile(file) as archive:
            label = json.loads(archive.comment)
            at, changes = int(label["at"]), int(label["changes"])
        proven = secrets.compare_digest(label.pop("proof"), _proof(label, key))
        return Backup(file, at, changes, False) if proven else None
    except _NO_BACKUP:
        return None


def inspected(file: Path, key: bytes) -> Backup | None:
    """The same, and whether each of its bytes is as it was written."""
    told = labelled(file, key)
    if told is None:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            return replace(told, verified=_whole(archive))
    except _NO_BACKUP:
        return told


def _label(archive: zipfile.ZipFile, at: int, changes: int, source: Source) -> bytes:
    with (source.folder / DATABASE).open("rb") as live:
        salt = live.read(SALT)
    parts = {name: _digest(archive, name) for name in (DATABASE, KEYS)}
    label = {"at": at, "changes": changes, "salt": salt.hex(), "parts": parts}
    return json.dumps({**label, "proof": _proof(label, source.key)}).encode()


def salt_in(archive: zipfile.ZipFile) -> bytes:
    """The salt of the database that a backup was made of; its copy has another."""
    return bytes.fromhex(json.loads(archive.comment)["salt"])


def _proof(label: dict[str, Any], key: bytes) -> str:
    return keyed(key, f"backup {json.dumps(label, sort_keys=True)}").hex()


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _whole(archive: zipfile.ZipFile) -> bool:
    """Whether its parts are as the label says; that somebody who knows the store's key wrote it is not asked here."""
    parts = json.loads(archive.comment)["parts"]
    names = sorted((DATABASE, KEYS))
    return sorted(archive.namelist()) == sorted(parts) == names and all(parts[e] == _digest(archive, e) for e in names)


def _kept_keys(file: Path, place: Path) -> dict[str, Any]:
    """The key file in a backup, by way of a folder for it."""
    with zipfile.ZipFile(file) as archive:
        (place / KEYS).write_bytes(archive.read(KEYS))
    return read_key_file(place)


@contextmanager
def unpacked(source: Path) -> Iterator[zipfile.ZipFile]:
    """A backup, its parts to be read. Raises NotFound, or Damaged for what is no whole one."""
    if not source.is_file():
        raise NotFound(_("There is no backup of that name. Check the file, and try again."))
    try:
        with zipfile.ZipFile(source) as archive:
            if not _whole(archive):
                raise _not_whole()
            yield archive
    except OutreachError:
        raise
    except _NO_BACKUP as fault:
        raise _not_whole() from fault


def restore(source: Path, folder: Path) -> None:
    """Put a backup's store in a new folder, whole or not at all. Raises NotFound, InUse, Damaged or NotWritable."""
    with unpacked(source) as archive:
        if (folder / DATABASE).exists() or (folder / KEYS).exists():
            raise InUse(_("There is already a store in this folder. Choose another folder for the backup."))
        with new_folder(folder) as lock:
            with making(folder) as unfinished:
                write_durably(folder / KEYS, archive.read(KEYS))
                with writable(folder), archive.open(DATABASE) as packed, unfinished.open("wb") as database:
                    copyfileobj(packed, database)
                    database.flush()
                    os.fsync(database.fileno())
            lock.release()


def take_back(folder: Path) -> None:
    """Remove a store that was restored just now and could not be opened; the backup still has it."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, LOCK):
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()  # where nothing else is in it


_NO_BACKUP = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(RuntimeError, ValueError, KeyError, TypeError, AttributeError),
)
"""What the readers of zip and comment say of a file that is none, is cut short, or asks for a password."""


def _not_whole() -> Damaged:
    return Damaged(_("This file is not a whole Outreach backup. Try an earlier one."))


def _not_verified() -> Damaged:
    return Damaged(_("The backup could not be verified, so it was not kept. Run the doctor on this store."))
