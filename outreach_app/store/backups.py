"""Backups: a consistent copy by SQLite's own backup, verified by opening it, with the key file that opens it."""

import os
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from sqlcipher3 import dbapi2

from outreach_app.model.errors import Damaged, InUse, NotFound, NotWritable
from outreach_app.store.durable_files import flush_folder, make_durably, writable, write_durably
from outreach_app.store.engines import faults_told
from outreach_app.store.folders import DATABASE, LOCK, making, new_folder
from outreach_app.store.handouts import keep_clear
from outreach_app.store.keys import FILE as KEYS
from outreach_app.texts import _


def back_up(source: Any, folder: Path, key: bytes, target: Path) -> None:
    """Write the store open on the database connection ``source`` to one file, encrypted as it is.

    The copy is made beside the target, opened and checked, and only then takes its name.
    Raises BadInput, NotWritable, Damaged.
    """
    keep_clear(target)
    try:
        make_durably(target.parent)
        with faults_told(), TemporaryDirectory(dir=target.parent, prefix=".backup-") as place:
            copy = Path(place) / DATABASE
            _copy(source, copy, key)
            packed = Path(place) / "packed"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
                archive.write(copy, DATABASE)
                archive.write(folder / KEYS, KEYS)
            with packed.open("rb+") as file:
                os.fsync(file.fileno())
            packed.replace(target)
            flush_folder(target.parent)
    except OSError as fault:
        raise NotWritable(
            _(
                "The backup could not be written to {folder}. Make room there, or choose another folder.",
                folder=target.parent.name,
            )
        ) from fault


def _copy(source: Any, copy: Path, key: bytes) -> None:
    made = dbapi2.connect(str(copy))
    try:
        made.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        source.backup(made)
        faults = made.execute("PRAGMA cipher_integrity_check").fetchall()
        if faults or made.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise Damaged(_("The backup could not be verified, so it was not kept. Run the doctor on this store."))
    finally:
        made.close()


def restore(source: Path, folder: Path) -> None:
    """Put a backup's store in a new folder, whole or not at all. Raises NotFound, InUse, Damaged or NotWritable."""
    if not source.is_file():
        raise NotFound(_("There is no backup of that name. Check the file, and try again."))
    if (folder / DATABASE).exists() or (folder / KEYS).exists():
        raise InUse(_("There is already a store in this folder. Choose another folder for the backup."))
    try:
        with zipfile.ZipFile(source) as archive:
            if sorted(archive.namelist()) != sorted((DATABASE, KEYS)) or archive.testzip():
                raise _not_whole()
            with new_folder(folder) as lock:
                with making(folder) as unfinished:
                    write_durably(folder / KEYS, archive.read(KEYS))
                    with writable(folder), archive.open(DATABASE) as packed, unfinished.open("wb") as database:
                        copyfileobj(packed, database)
                        database.flush()
                        os.fsync(database.fileno())
                lock.release()
    except _NO_BACKUP as fault:
        raise _not_whole() from fault


def take_back(folder: Path) -> None:
    """Remove a store that was restored just now and could not be opened; the backup still has it."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, LOCK):
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()  # where nothing else is in it


_NO_BACKUP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError, struct.error)
"""What the zip reader says of a file that is none, is cut short, or asks for a password."""


def _not_whole() -> Damaged:
    return Damaged(_("This file is not a whole Outreach backup. Try an earlier one."))
