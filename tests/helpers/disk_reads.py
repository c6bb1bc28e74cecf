"""What this process reads, as Linux counts it (elsewhere: nothing), and having the system forget what it read."""

import os
from dataclasses import dataclass
from pathlib import Path

PAGE = 4096  # bytes; the size of a store's page too

_IO = Path("/proc/self/io")


@dataclass(frozen=True, slots=True)
class Reads:
    """Since the process began."""

    asked: int = 0
    """Pages that were asked of the system, whether from its memory or from the disk."""
    disk: int = 0
    """Pages that came from the disk, with those that the system reads ahead."""

    def __sub__(self, before: "Reads") -> "Reads":
        return Reads(self.asked - before.asked, self.disk - before.disk)


def reads() -> Reads:
    """What was read so far."""
    if not _IO.exists():
        return Reads()
    told = dict(line.split(": ") for line in _IO.read_text(encoding="ascii").splitlines())
    return Reads(int(told["rchar"]) // PAGE, int(told["read_bytes"]) // PAGE)


def forget(folder: Path) -> None:
    """Have the system forget what it keeps in memory of the files of a folder, so that reading them reads the disk."""
    if not hasattr(os, "posix_fadvise"):
        return
    for file in folder.iterdir():
        if file.is_file():
            with file.open("rb") as opened:
                os.fdatasync(opened.fileno())  # what was not written yet could not be forgotten
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
