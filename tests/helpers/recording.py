"""Records what a program does to the files in a folder, as it asks the system for it, by ``strace``.

What SQLite shares between programs in memory (``-shm``) is made anew after every crash, and left out.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.helpers.disks import Disk, Operation
from tests.helpers.programs import LONGEST, ROOT

_NAMES = {
    **dict.fromkeys(("rename", "renameat", "renameat2"), "rename"),
    **dict.fromkeys(("link", "linkat"), "link"),
    **dict.fromkeys(("mkdir", "mkdirat"), "mkdir"),
    "unlink": "unlink",
    "rmdir": "rmdir",
}
_FILES = ("openat", "close", "read", "lseek", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "unlinkat")
_UNKNOWN = ("creat", "writev", "pwritev", "pwritev2", "truncate", "fallocate", "symlinkat", "sendfile", "mmap")
"""Other ways to change a file: a recording in which one of them is used on the folder is refused."""

_CALLS = ",".join((*_NAMES, *_FILES, *_UNKNOWN))
_LINE = re.compile(r"(\w+)\((.*)\) += (\d+)")
_WORD = re.compile(r'(?P<number>AT_FDCWD|\d+)<(?P<place>[^>]*)>|"(?P<text>[^"]*)"|(?P<word>[^,\s]+)')
_LONGEST_WRITE = 1 << 26  # bytes
_STRACE = f"strace -y -xx -s {_LONGEST_WRITE} -e trace={_CALLS} -e raw=read -e signal=none".split()


class _Word(NamedTuple):
    """One argument of a call: an open file by number and place, or a text, or any other word."""

    word: str
    place: str = ""
    text: bytes | None = None


@dataclass(slots=True)
class _Open:
    """A file that is open: where it lies, and where the next write goes."""

    path: str
    at: int = 0


def record(arguments: Sequence[str], folder: Path, trace: Path) -> list[Operation]:
    """Run a program, and what it did in ``folder``, which is empty at first. ``trace`` is a file to make."""
    run = subprocess.run(
        [*_STRACE, "-o", str(trace), *arguments],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    with trace.open() as lines:
        return list(_Reading(folder).read(lines))


class _Reading:
    """Makes operations of the lines of a trace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._disk = Disk()
        self._open: dict[str, _Open] = {}

    def read(self, lines: Iterable[str]) -> Iterator[Operation]:
        """Each operation in the folder, and each line said on standard output, in order."""
        for line in lines:
            asked = _LINE.match(line)
            if asked is None:  # it failed, or is no call
                continue
            for done in self._operations(asked[1], list(_words(asked[2])), int(asked[3]), line):
                if not done.path.endswith("-shm"):
                    self._disk.do(done)
                    yield done

    def _operations(self, call: str, given: list[_Word], result: int, line: str) -> Iterator[Operation]:
        if call in _NAMES or call == "unlinkat":
            what = _NAMES.get(call) or ("rmdir" if given[-1].word == "AT_REMOVEDIR" else "unlink")
            paths = [self._inside(path) for path in _paths(given)]
            if any(path is not None for path in paths):
                first, *more = (path or "" for path in paths)
                yield Operation(what, first, to=more[0] if more else "")
        elif call == "openat":
            yield from self._opened(given, line)
        elif call in _UNKNOWN:
            touched = [*_paths(given), *(Path(each.place) for each in given if each.place)]
            inside = [path for path in map(self._inside, touched) if path is not None and not path.endswith("-shm")]
            assert not inside, f"{call} in the folder"
        else:
            number = str(int(given[0].word, 16)) if call == "read" else given[0].word  # read alone is told raw
            if call == "write" and number == "1":
                yield Operation("said", "", data=given[1].text or b"")
            elif opened := self._open.get(number):
                yield from self._used(call, opened, given, result)
            if call == "close":
                self._open.pop(number, None)

    def _opened(self, given: list[_Word], line: str) -> Iterator[Operation]:
        path, how = self._inside(next(_paths(given))), given[2].word
        number = line.rpartition(" = ")[2].partition("<")[0].strip()
        self._open.pop(number, None)
        if path is None:
            return
        assert "O_APPEND" not in how, "a file in the folder is added to"
        self._open[number] = _Open(path)
        if "O_CREAT" in how and not self._disk.has(path):
            yield Operation("make", path)
        elif "O_TRUNC" in how:
            yield Operation("cut", path)

    def _used(self, call: str, opened: _Open, given: list[_Word], result: int) -> Iterator[Operation]:
        match call:
            case "lseek":
                opened.at = result
            case "read":
                opened.at += result
            case "write":
                yield Operation("write", opened.path, opened.at, (given[1].text or b"")[:result])
                opened.at += result
            case "pwrite64":
                yield Operation("write", opened.path, int(given[3].word), (given[1].text or b"")[:result])
            case "ftruncate":
                yield Operation("cut", opened.path, int(given[1].word))
            case "fsync" | "fdatasync":
                yield Operation("flush", opened.path)

    def _inside(self, path: Path) -> str | None:
        """A path in the folder, from there; None for any other."""
        return str(path.relative_to(self._folder)) if path.is_relative_to(self._folder) else None


def _words(given: str) -> Iterator[_Word]:
    for found in _WORD.finditer(given):
        if found["number"]:
            yield _Word(found["number"], _bytes(found["place"]).decode())
        elif found["text"] is not None:
            yield _Word("", text=_bytes(found["text"]))
        else:
            yield _Word(found["word"])


def _paths(given: Sequence[_Word]) -> Iterator[Path]:
    """The paths among the arguments of a call that takes no data; one that is relative follows its folder."""
    folder = Path()
    for each in given:
        if each.place:
            folder = Path(each.place)
        elif each.text is not None:
            yield folder / os.fsdecode(each.text)


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))
