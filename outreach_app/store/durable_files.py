"""Small files written so that after any crash either the old content or the new stands, whole."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import IO, TypeAlias

from outreach_app.model.errors import NotWritable
from outreach_app.texts import _

PART = ".part"

Content: TypeAlias = bytes | Callable[[IO[bytes]], None]
"""What goes into a file: its bytes, or what writes them."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_FOLDERS_NOT_FLUSHED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EISDIR}


def write_durably(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` whole: temporary name beside it, flush to disk, rename, flush the folder.

    Raises NotWritable with a sentence for the person; what was at ``path`` before is then still there.
    """
    with laid_beside(path, data):
        pass


@contextmanager
def laid_beside(path: Path, data: Content) -> Iterator[None]:
    """``data`` beside ``path``, flushed to disk; it gets its name when the block ends well, else it goes."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with writable(path.parent):
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as file:
                if isinstance(data, bytes):
                    file.write(data)
                else:
                    data(file)
                file.flush()
                os.fsync(file.fileno())
        yield
        with writable(path.parent):
            part.replace(path)
            flush_folder(path.parent)
    finally:
        with writable(path.parent):
            part.unlink(missing_ok=True)


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """A write to the folder, whose fault is told to the person. Of several, one within the other, the outermost names
    the folder: it is the one that somebody chose."""
    try:
        yield
    except OSError as fault:
        raise not_writable(fault, folder) from fault
    except NotWritable as told:
        if isinstance(told.__cause__, OSError):
            raise not_writable(told.__cause__, folder) from told.__cause__
        raise


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing, to stay after any crash. Raises NotWritable."""
    with writable(folder):
        make_durably(folder)


def make_durably(folder: Path) -> None:
    """The same, for those who say in a sentence of their own what stood in the way. Raises OSError."""
    missing = list(takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
    folder.mkdir(parents=True, exist_ok=True)
    for made in reversed(missing):
        flush_folder(made.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system can: Windows and some network shares cannot."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as fault:
        if fault.errno in _FOLDERS_NOT_FLUSHED:
            return
        raise
    try:
        os.fsync(descriptor)
    except OSError as fault:
        if fault.errno not in _FOLDERS_NOT_FLUSHED:
            raise
    finally:
        os.close(descriptor)


def not_writable(fault: OSError, folder: Path) -> NotWritable:
    """The sentence for a write that failed."""
    if fault.errno in _FULL:
        return NotWritable(_("There is no room left in {folder}. Please make room, then try again.", folder=folder))
    if fault.errno in _CLOSED:
        return NotWritable(_("Nothing may be written in {folder}. Please choose another folder.", folder=folder))
    return NotWritable(_("{folder} cannot be written to just now. Please check it and try again.", folder=folder))
