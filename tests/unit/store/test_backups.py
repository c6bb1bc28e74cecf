"""A backup is a whole store in one file, and comes back as it was; what is no whole backup is never taken for one."""

import errno
import random
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from outreach_app.model.errors import Damaged, DamagedStore, InUse, NotFound, NotWritable
from outreach_app.store import backups
from outreach_app.store.backups import back_up, inspected, restore, verified
from outreach_app.store.engines import dbapi2, prepare
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.doings import Doings
from tests.helpers.memories import all_changes, all_shown


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    doings = Doings(store, random.Random(5))
    for _ in range(12):
        doings.something()
    store.back_up(tmp_path / "usb" / "backup.zip")
    return tmp_path / "usb" / "backup.zip"


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_it_comes_back_as_it_was_and_numbers_are_never_used_again(store: Store, backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "back")
    with store.writing("make_people") as draft:
        draft.new("people", {"name": "Written after the backup"})
    again = Store.open(tmp_path / "back", PASSPHRASE)
    assert {change.id for change in all_changes(store)} > {change.id for change in all_changes(again)}
    assert again.device == store.device
    assert again.check().healthy
    with again.writing("make_people") as draft:
        draft.new("people", {"name": "Written on the copy"})
    mine, other = ({change.id for change in all_changes(each)} for each in (store, again))
    assert len(mine - other) == len(other - mine) == 1
    store.apply(all_changes(again))
    again.apply(all_changes(store))
    assert all_shown(again)["search"] == all_shown(store)["search"]
    again.close()


def test_nothing_else_is_left_beside_it(backup: Path) -> None:
    assert names(backup.parent) == ["backup.zip"]
    with zipfile.ZipFile(backup) as archive:
        assert sorted(archive.namelist()) == ["keys.json", "outreach.db"]


def test_a_backup_over_an_older_one_takes_its_place(store: Store, backup: Path) -> None:
    before = backup.read_bytes()
    store.back_up(backup)
    assert backup.read_bytes() != before
    assert names(backup.parent) == ["backup.zip"]


def test_where_no_backup_can_be_written_the_older_one_stays(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()

    def full(*_: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr(backups, "_copy", full)
    with pytest.raises(NotWritable, match="disk is full"):
        store.back_up(backup)
    assert backup.read_bytes() == before
    assert names(backup.parent) == ["backup.zip"]
    with pytest.raises(NotWritable, match="cannot be written to"):
        store.back_up(backup / "inside a file")


@pytest.mark.parametrize(
    ("fault", "says"),
    [(errno.ENOSPC, "no room left in {}"), (errno.EROFS, "Nothing may be written in {}"), (errno.EIO, "{} cannot be")],
)
def test_what_stands_in_the_way_is_said_of_the_folder_that_was_chosen(
    fault: int, says: str, store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise OSError(fault, "no", "/deep/within/.backup-1234/packed")

    monkeypatch.setattr(backups.os, "fsync", stop)
    with pytest.raises(NotWritable) as told:
        store.back_up(backup)
    assert says.format(backup.parent) in str(told.value)
    assert str(told.value).count(str(backup.parent)) == 1
    assert ".backup-" not in str(told.value)


def test_a_copy_that_is_not_sound_is_not_kept(store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = backup.read_bytes()
    monkeypatch.setattr(backups, "verified", lambda _copy, _key: -1)
    with pytest.raises(Damaged, match="could not be verified"):
        store.back_up(backup)
    assert names(backup.parent) == ["backup.zip"]
    assert backup.read_bytes() == before


def test_a_copy_damaged_anywhere_is_not_sound(store: Store, backup: Path, tmp_path: Path) -> None:
    """The check that a copy must pass finds a byte that is not as it was, wherever it lies; and another key."""
    dice, copy, source = random.Random(8), tmp_path / "outreach.db", store.as_source()
    with zipfile.ZipFile(backup) as archive:
        whole = archive.read("outreach.db")
    copy.write_bytes(whole)
    told = inspected(backup, source.key)
    assert told is not None
    assert verified(copy, source.key) == len(all_changes(store)) == told.changes
    assert inspected(backup, bytes(32)) is None
    assert verified(copy, bytes(32)) == -1
    pages = len(whole) // 4096
    assert pages > 100
    for page in {0, 1, pages - 1, *dice.sample(range(pages), 40)}:
        content = bytearray(whole)
        content[page * 4096 + dice.randrange(4096)] ^= 1 << dice.randrange(8)
        copy.write_bytes(content)
        assert verified(copy, source.key) == -1, f"page {page}"


def test_what_was_killed_in_the_midst_leaves_nothing_in_the_end(store: Store, backup: Path) -> None:
    ours, others = (backup.parent / f".backup-{mark}-x1" for mark in (store.as_source().mark, "another0"))
    for left in (ours, others):
        left.mkdir()
        (left / "outreach.db").write_bytes(b"half")
    store.back_up(backup)
    assert names(backup.parent) == sorted([others.name, f"{others.name}/outreach.db", "backup.zip"])


def test_who_stops_it_finds_all_as_it_was(store: Store, backup: Path) -> None:
    before = backup.read_bytes()

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt(done, of)

    with pytest.raises(KeyboardInterrupt):
        back_up(store.as_source(), backup, 1, stop)
    assert names(backup.parent) == ["backup.zip"]
    assert backup.read_bytes() == before


def test_what_is_saved_meanwhile_is_not_held_up_and_not_torn(store: Store, tmp_path: Path) -> None:
    """While a backup is copied the store goes on; the copy is of the moment at which it was begun."""
    with store.writing("make_people") as draft:
        draft.new("people", {"name": "Before"})
    before, said = len(all_changes(store)), []

    def save(done: int, of: int) -> None:
        said.append((done, of))
        with store.writing("make_people") as draft:
            draft.new("people", {"name": "Meanwhile"})

    made = back_up(store.as_source(), tmp_path / "one.backup", 1, save)
    assert said
    assert len(all_changes(store)) == before + len(said)
    assert made.changes == before
    restore(made.file, tmp_path / "back")
    again = Store.open(tmp_path / "back", PASSPHRASE)
    assert again.check().healthy
    assert [view.values["name"] for view in again.list("people")] == ["Before"]
    again.close()


def refused(file: Path, folder: Path) -> None:
    """Restoring it is refused as damaged, and leaves nothing."""
    before = names(folder.parent)
    with pytest.raises(Damaged, match="not a whole Outreach backup"):
        restore(file, folder)
    assert names(folder.parent) == before


def test_a_torn_backup(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    torn = tmp_path / "torn.zip"
    for length in (0, 1, 30, len(content) // 2, len(content) - 30, len(content) - 1):
        torn.write_bytes(content[:length])
        refused(torn, tmp_path / "back")
        torn.write_bytes(content[len(content) - length :] if length else b"x")
        refused(torn, tmp_path / "back")


def test_a_backup_with_a_bit_flipped_is_refused_or_comes_back_whole(backup: Path, tmp_path: Path, store: Store) -> None:
    dice, whole = random.Random(4), backup.read_bytes()
    came_back = 0
    for number in range(60):
        content = bytearray(whole)
        ends = (dice.randrange(60), dice.randrange(len(content) - 300, len(content)))
        content[dice.choice((dice.randrange(len(content)), *ends))] ^= 1 << dice.randrange(8)
        (tmp_path / "flipped.zip").write_bytes(content)
        folder = tmp_path / f"back{number}"
        try:
            restore(tmp_path / "flipped.zip", folder)
        except Damaged:
            assert not folder.exists()
        else:
            came_back += 1
            again = Store.open(folder, PASSPHRASE)
            assert all_changes(again) == all_changes(store)
            again.close()
    assert came_back < 40


@pytest.mark.parametrize("members", [{}, {"outreach.db": b"x"}, {"outreach.db": b"x", "keys.json": b"x", "more": b""},
                                     {"../outreach.db": b"x", "keys.json": b"x"}])  # fmt: skip
def test_another_archive(tmp_path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    refused(tmp_path / "other.zip", tmp_path / "back")


def test_another_file_and_none(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    refused(tmp_path / "letter.txt", tmp_path / "back")
    for missing in (tmp_path / "none.zip", tmp_path):
        with pytest.raises(NotFound, match="no backup of that name"):
            restore(missing, tmp_path / "back")


@pytest.mark.parametrize("there", ["outreach.db", "keys.json"])
def test_a_store_that_is_there_is_left_alone(backup: Path, tmp_path: Path, there: str) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / there).write_text("mine")
    with pytest.raises(InUse, match="already a store"):
        restore(backup, folder)
    assert names(folder) == [there]
    assert (folder / there).read_text() == "mine"


def test_where_nothing_can_be_written(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable):
        restore(backup, tmp_path / "file" / "back")


def test_a_store_with_a_damaged_page_makes_none_and_says_that_it_is_damaged(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the damage lies: each page of the store is read for a backup."""
    assert store.folder is not None
    before = backup.read_bytes()
    with closing(sqlite_of(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database = store.folder / "outreach.db"
    whole, dice = database.read_bytes(), random.Random(6)
    for _ in range(12):
        at = dice.randrange(4096, len(whole))
        database.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(DamagedStore, match="database of this store is damaged"):
            store.back_up(backup)
        assert backup.read_bytes() == before
    database.write_bytes(whole)
    monkeypatch.setattr(backups, "verified", lambda *_: -1)
    with pytest.raises(Damaged, match="could not be verified"):
        store.back_up(backup)


def sqlite_of(store: Store) -> Any:
    """A connection of its own to an open store's database."""
    source = store.as_source()
    made = dbapi2.connect(str(source.folder / "outreach.db"), isolation_level=None)
    prepare(made, source.key)
    return made
