"""What can be damaged in a store's folder, each with its sentence; and whether a write-ahead log is whole.

SQLite takes the first frame of the log that is not as it was written for the log's end, and lets go of what follows
without a word. That is right after a crash, where nobody was told that the last frames were saved, and wrong where
later ones were: they were acknowledged.
"""

import struct
from array import array
from pathlib import Path

from outreach_app.model.errors import DamagedStore
from outreach_app.store.key_files import DATABASE
from outreach_app.texts import _

LOG = f"{DATABASE}-wal"

_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC = 0x377F0682  # the last bit says whether the words are summed as big-endian ones
_USUAL_PAGE = 4096


def database_damaged() -> DamagedStore:
    """For pages that are not as they were written."""
    return DamagedStore(
        _("The database of this store is damaged. Outreach can rescue it from backups, folders and what still reads.")
    )


def database_gone() -> DamagedStore:
    """For a database that is not there any more, or empty."""
    return DamagedStore(
        _("The database of this store is gone or empty. Outreach can rescue it from backups and folders.")
    )


def log_is_damaged() -> DamagedStore:
    """For a log in which more was saved than can be read."""
    return DamagedStore(
        _("The log of this store, with what was saved last, is damaged. Outreach can rescue what still reads of it.")
    )


def rescue_unfinished() -> DamagedStore:
    """For a store whose rescue was broken off in its last step."""
    return DamagedStore(
        _("The rescue of this store was broken off at its very end. Rescue it once more: that only takes a moment.")
    )


def log_damaged(log: Path) -> bool:
    """Whether a log holds something acknowledged that SQLite would pass over."""
    try:
        data = log.read_bytes()
    except OSError:
        return False  # there is none: all is in the database
    if len(data) <= _HEADER.size:
        return False
    found = _Log(data)
    if not found.whole_header:
        return True
    bad = found.first_bad()
    ends = [
        number for number in range(bad, found.frames) if found.commits(number) and (number == bad or found.ours(number))
    ]
    return bool(ends) and any(found.ours(number) for number in range(ends[0] + 1, found.frames))


def mended_log(data: bytes) -> bytes:
    """A log summed anew, so that SQLite reads all its frames; a page that is damaged is then known by its own seal."""
    if len(data) <= _HEADER.size + _FRAME.size:
        return b""
    found = _Log(data)
    made = bytearray(data)
    if not found.whole_header:
        page = _USUAL_PAGE if found.page not in (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536) else found.page
        salts = _FRAME.unpack_from(data, _HEADER.size)[2:4]
        _HEADER.pack_into(made, 0, _MAGIC, 3007000, page, 0, *salts, 0, 0)
        struct.pack_into(">2I", made, 24, *_Log(bytes(made)).summed(0, 24, (0, 0)))
        found = _Log(bytes(made))
    sums = found.sums
    for number in range(found.frames):
        at = found.at(number)
        if not found.ours(number):
            follows = any(found.ours(later) for later in range(number + 1, found.frames))
            if not follows:
                break  # what comes here was written before the log was begun anew
            struct.pack_into(">2I", made, at + 8, *found.salts)
        sums = found.summed(at, 8, sums)
        sums = found.summed(at + _FRAME.size, found.page, sums)
        struct.pack_into(">2I", made, at + 16, *sums)
    return bytes(made)


class _Log:
    """The header and the frames of a write-ahead log (sqlite.org/fileformat2.html, section 4)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        magic, _version, page, _turn, *salts, first, second = _HEADER.unpack_from(data)
        self._swapped = (magic & 1) == (array("I", [1]).tobytes()[0] == 1)
        self.page, self.salts, self.sums = page or 1, tuple(salts), (first, second)
        self.whole_header = magic & ~1 == _MAGIC and self.summed(0, 24, (0, 0)) == self.sums
        self.frames = (len(data) - _HEADER.size) // (_FRAME.size + self.page)

    def at(self, number: int) -> int:
        """Where a frame begins."""
        return _HEADER.size + number * (_FRAME.size + self.page)

    def ours(self, number: int) -> bool:
        """Whether a frame says that it belongs to this turn of the log."""
        return _FRAME.unpack_from(self._data, self.at(number))[2:4] == self.salts

    def commits(self, number: int) -> bool:
        """Whether a frame is the last of a transaction."""
        return bool(_FRAME.unpack_from(self._data, self.at(number))[1])

    def first_bad(self) -> int:
        """The first frame that is not as it was written, or the number of frames."""
        sums = self.sums
        for number in range(self.frames):
            at = self.at(number)
            sums = self.summed(at, 8, sums)
            sums = self.summed(at + _FRAME.size, self.page, sums)
            if not self.ours(number) or sums != _FRAME.unpack_from(self._data, at)[4:]:
                return number
        return self.frames

    def summed(self, begins: int, size: int, sums: tuple[int, int]) -> tuple[int, int]:
        """The running sums of SQLite over some bytes more."""
        words = array("I", self._data[begins : begins + size])
        if self._swapped:
            words.byteswap()
        one, two = sums
        numbers = iter(words)
        for word in numbers:
            one = (one + word + two) & 0xFFFFFFFF
            two = (two + next(numbers) + one) & 0xFFFFFFFF
        return one, two
