"""Files written whole or not at all, and the sentence where they cannot be."""

import errno
import os
from pathlib import Path

import pytest

from outreach_app.model.errors import NotWritable
from outreach_app.store.durable_files import flush_folder, make_folder, write_durably


def test_a_file_is_flushed_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, bool]] = []
    flush, rename = os.fsync, Path.replace
    target = tmp_path / "file"

    def noting_flush(descriptor: int) -> None:
        seen.append(("flush", target.exists()))
        flush(descriptor)

    def noting_rename(part: Path, to: Path) -> Path:
        seen.append(("rename", target.exists()))
        return rename(part, to)

    monkeypatch.setattr(os, "fsync", noting_flush)
    monkeypatch.setattr(Path, "replace", noting_rename)
    write_durably(target, b"new")
    assert seen == [("flush", False), ("rename", False), ("flush", True)]
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("fault", "words"),
    [(errno.ENOSPC, "no room"), (errno.EROFS, "Nothing may be written"), (errno.EIO, "cannot be written to just now")],
)
def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, words: str
) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")

    def failing(_descriptor: int) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(NotWritable, match=words):
        write_durably(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_cannot_be_flushed_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(_descriptor: int) -> None:
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(os, "fsync", unsupported)
    flush_folder(tmp_path)


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWritable, match="file"):
        make_folder(tmp_path / "file" / "folder")
