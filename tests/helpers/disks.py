"""A disk as a crash leaves it: what was done to files, and what of it the disk had been made to keep."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done to a file, by a path in the folder that is recorded; or something ``said`` to the world."""

    what: str  # make, write, cut, flush, rename, link, unlink, mkdir, rmdir, said
    path: str
    at: int = 0  # of a write: the byte it begins at; of a cut: the length that stays
    data: bytes = b""
    to: str = ""  # of a rename or link: the new path

    @property
    def torn(self) -> "Operation | None":
        """A write of which the disk took only the first half, where it is one of more than a byte."""
        half = len(self.data) // 2
        return Operation("write", self.path, self.at, self.data[:half]) if self.what == "write" and half else None


@dataclass(slots=True)
class _File:
    content: bytearray = field(default_factory=bytearray)
    flushed: bytes = b""


@dataclass(slots=True)
class _Folder:
    names: "dict[str, _File | _Folder]" = field(default_factory=dict)
    flushed: "dict[str, _File | _Folder]" = field(default_factory=dict)


Tree = dict[str, bytes | None]
"""What lies in a folder, by path: a file's content, None for a folder."""


class Disk:
    """Files and folders, each as it is and as it was last flushed."""

    def __init__(self) -> None:
        self._root = _Folder()

    def do(self, done: Operation) -> None:
        """Take in one operation."""
        getattr(self, f"_{done.what}")(done)

    def _said(self, done: Operation) -> None:
        """Nothing happens to a file."""

    def _make(self, done: Operation) -> None:
        self._above(done.path).names.setdefault(_name(done.path), _File())

    def _write(self, done: Operation) -> None:
        content = self._file(done.path).content
        content.extend(bytes(max(0, done.at - len(content))))
        content[done.at : done.at + len(done.data)] = done.data

    def _cut(self, done: Operation) -> None:
        content = self._file(done.path).content
        content.extend(bytes(max(0, done.at - len(content))))
        del content[done.at :]

    def _flush(self, done: Operation) -> None:
        node = self._node(done.path)
        if isinstance(node, _File):
            node.flushed = bytes(node.content)
        else:
            node.flushed = dict(node.names)

    def _rename(self, done: Operation) -> None:
        self._above(done.to).names[_name(done.to)] = self._above(done.path).names.pop(_name(done.path))

    def _link(self, done: Operation) -> None:
        self._above(done.to).names[_name(done.to)] = self._node(done.path)

    def _unlink(self, done: Operation) -> None:
        del self._above(done.path).names[_name(done.path)]

    def _mkdir(self, done: Operation) -> None:
        self._above(done.path).names[_name(done.path)] = _Folder()

    _rmdir = _unlink

    def has(self, path: str) -> bool:
        """Whether something has this name now."""
        return _name(path) in self._above(path).names

    def length(self, path: str) -> int:
        """How long a file is now."""
        return len(self._file(path).content)

    def _node(self, path: str) -> _File | _Folder:
        node: _File | _Folder = self._root
        for part in PurePosixPath(path).parts:
            assert isinstance(node, _Folder)
            node = node.names[part]
        return node

    def _file(self, path: str) -> _File:
        node = self._node(path)
        assert isinstance(node, _File)
        return node

    def _above(self, path: str) -> _Folder:
        node = self._node(str(PurePosixPath(path).parent))
        assert isinstance(node, _Folder)
        return node

    def left(self, crash: "Crash", part: str = "") -> Tree:
        """What a crash leaves: of everything, or of one file or folder at the top (then by paths from there)."""
        tree = _tree(self._root, crash, part)
        return {path.removeprefix(part).removeprefix("/"): content for path, content in tree.items()} if part else tree


class Crash(Enum):
    """What happened to the laptop, and so what is left of what was done."""

    KILLED = "the program was killed: all that was done is there"
    EMPTIED = "the battery died: of files only what was flushed is there, names are as they were"
    FORGOTTEN = "the battery died: nothing is there but what was flushed, names too"


def _tree(folder: _Folder, crash: Crash, part: str = "") -> Tree:
    found: Tree = {}
    for name, node in (folder.flushed if crash is Crash.FORGOTTEN else folder.names).items():
        if part and name != part:
            continue
        if isinstance(node, _File):
            found[name] = bytes(node.content) if crash is Crash.KILLED else node.flushed
        else:
            found[name] = None
            found |= {f"{name}/{path}": content for path, content in _tree(node, crash).items()}
    return found


def lay(tree: Tree, folder: Path) -> None:
    """Put a tree where ``folder`` says: a folder with all that is in it, or one file."""
    for path, content in sorted(tree.items()):
        if content is None:
            (folder / path).mkdir(parents=True)
        else:
            (folder / path).write_bytes(content)


def read(folder: Path) -> Tree:
    """What lies in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def _name(path: str) -> str:
    return PurePosixPath(path).name
