"""The key file on disk: written whole, and what is not understood stays in it."""

import json
import os
from pathlib import Path

import pytest

from outreach_app.model.errors import Damaged, NotWritable, TooNew
from outreach_app.store.key_files import FILE, opens_by_itself, read_key_file, write_key_file

DOCUMENT = {"format": 1, "check": "x", "later": {"any": 1}}


def test_what_later_programs_put_in_stays(tmp_path: Path) -> None:
    write_key_file(tmp_path, DOCUMENT, [{"kind": "another"}])
    write_key_file(tmp_path, read_key_file(tmp_path), [{"kind": "passphrase"}])
    assert read_key_file(tmp_path) == {**DOCUMENT, "slots": [{"kind": "passphrase"}]}


def test_the_old_slots_stand_until_the_new_ones_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_key_file(tmp_path, DOCUMENT, [{"kind": "old"}])

    def full(_descriptor: int) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritable):
        write_key_file(tmp_path, DOCUMENT, [{"kind": "new"}])
    assert read_key_file(tmp_path)["slots"] == [{"kind": "old"}]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_whether_it_opens_by_itself_is_told_from_its_kinds(tmp_path: Path) -> None:
    assert not opens_by_itself(tmp_path)
    write_key_file(tmp_path, DOCUMENT, [{"kind": "passphrase"}])
    assert not opens_by_itself(tmp_path)
    write_key_file(tmp_path, DOCUMENT, [{"kind": "passphrase"}, {"kind": "keyring"}])
    assert opens_by_itself(tmp_path)


def test_what_is_no_key_file_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    assert not opens_by_itself(tmp_path)
    with pytest.raises(Damaged):
        read_key_file(tmp_path)
    (tmp_path / FILE).write_text(json.dumps({**DOCUMENT, "format": 2, "slots": [{"kind": "keyring"}]}))
    with pytest.raises(TooNew):
        read_key_file(tmp_path)
