"""The folder carrier: a USB stick, a network share, a folder that OneDrive or another program copies about.

In the folder a person chose, everything lies under ``outreach-sync``. Each laptop writes in a folder of its own there,
and never in another's, so no two ever write one file.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath

from outreach_app.model.errors import NotFound, NotWritable
from outreach_app.store.durable_files import PART, make_folder, writable, write_durably
from outreach_app.sync.carriers import Listed
from outreach_app.texts import _

SUBFOLDER = "outreach-sync"
ID_FILE = "carrier.id"

_DEPTH = 6  # folders below ``outreach-sync`` that are looked into; a segment lies three down
_LITTER = {"desktop.ini", "thumbs.db", ID_FILE}
_ID = re.compile(r"[0-9a-f]{32}")


class FolderCarrier:
    """Segments in a folder."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is what a person chose: the stick, the share, or the ``outreach-sync`` in it.

        Raises NotFound where it is not there.
        """
        try:
            there = folder.is_dir()
        except OSError:
            there = False
        if not there:
            raise NotFound(
                _("The folder {folder} is not there. Is the stick in, or the network share open?", folder=folder)
            )
        self._chosen = folder
        chosen_itself = folder.name == SUBFOLDER and (folder / ID_FILE).is_file()
        self._root = folder if chosen_itself else folder / SUBFOLDER

    @cached_property
    def id(self) -> str:
        """32 hexadecimal digits kept in the folder since its first use; "" where they can be neither read nor made."""
        path = self._root / ID_FILE
        with suppress(NotWritable, OSError):
            make_folder(self._root)
            if not self._id_now():
                self._make_id(path)
        return self._id_now()

    def _make_id(self, path: Path) -> None:
        """Give the folder an id. Of two laptops that come at once, the first one's stands."""
        made = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
        write_durably(made, secrets.token_hex(16).encode())
        try:
            os.link(made, path)  # unlike a renaming, it never takes the place of what is there
        except OSError:  # something is there, or this file system knows no links, as on many sticks
            if not self._id_now():
                made.replace(path)
        finally:
            made.unlink(missing_ok=True)

    def _id_now(self) -> str:
        try:
            found = (self._root / ID_FILE).read_text("ascii").strip()
        except (OSError, ValueError):
            return ""
        return found if _ID.fullmatch(found) else ""

    def listing(self) -> list[Listed]:
        """Every file under ``outreach-sync`` but hidden ones and links, which are never followed."""
        try:
            return sorted(self._walk(self._root, "", 0)) if self._root.is_dir() else []
        except OSError as fault:
            raise self._gone() from fault

    def _walk(self, folder: Path, above: str, depth: int) -> Iterator[Listed]:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower() in _LITTER:
                    continue
                name = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if depth < _DEPTH:
                        yield from self._walk(Path(entry.path), name + "/", depth + 1)
                elif entry.is_file(follow_symlinks=False):
                    found = entry.stat(follow_symlinks=False)
                    yield Listed(name, found.st_size, _stamp(found))

    def read(self, name: str) -> bytes:
        """A file's bytes. NotFound also where another program holds it, or the stick was pulled."""
        try:
            return self._path(name).read_bytes()
        except OSError as fault:
            raise NotFound(_("This file cannot be read just now. Outreach looks again at the next sync.")) from fault

    def write(self, name: str, data: bytes) -> Listed:
        """Write durably, then read back and compare: a stick may take what it does not keep."""
        path = self._path(name)
        self._check_the_same()
        try:
            with writable(self._chosen):
                make_folder(path.parent)
                for left_over in path.parent.glob(f".*{PART}"):
                    left_over.unlink(missing_ok=True)
                write_durably(path, data)
                kept, found = path.read_bytes(), path.stat()
        except NotWritable:
            self._check_the_same()
            raise
        if kept != data:
            raise NotWritable(
                _("What was written in {folder} did not read back the same. Please use another.", folder=self._chosen)
            )
        return Listed(name, found.st_size, _stamp(found))

    def _check_the_same(self) -> None:
        """Raises NotWritable where a stick was pulled out: its place is gone, or an empty folder."""
        if self.id and self._id_now() != self.id:
            raise NotWritable(
                _(
                    "{folder} is gone, or another is in its place. If the stick was pulled out, put it in again and "
                    "sync once more.",
                    folder=self._chosen,
                )
            )

    def _path(self, name: str) -> Path:
        """Where a name lies. Raises NotFound for one that would lead out of the folder."""
        parts = PurePosixPath(name).parts
        path = self._root.joinpath(*parts)
        outside = not parts or ".." in parts or any(set(part) & set("\\:/\0") for part in parts)
        if outside or not path.resolve().is_relative_to(self._root.resolve()):
            raise NotFound(_("This name leads out of the folder, and was left alone."))
        return path

    def _gone(self) -> NotFound:
        return NotFound(
            _(
                "The folder {folder} cannot be read any more. If the stick was pulled out, put it in again and "
                "sync once more.",
                folder=self._root.parent,
            )
        )


def _stamp(found: os.stat_result) -> str:
    """Size and time. Not the inode: on sticks it is another one each time they are put in."""
    return f"{found.st_size}-{found.st_mtime_ns}"
