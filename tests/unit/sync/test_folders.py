"""The folder carrier: sticks, shares and synced folders, with everything that happens to files there."""

import errno
import os
import re
import shutil
from pathlib import Path

import pytest

from outreach_app.model.errors import NotFound, NotWritable
from outreach_app.store.durable_files import write_durably
from outreach_app.sync.folders import ID_FILE, SUBFOLDER, FolderCarrier

NAME = "space/device/run/1-2-ab.segment"


def test_what_is_left_is_listed_and_read(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    assert carrier.listing() == []
    left = carrier.write(NAME, b"sealed")
    assert (left.name, left.size) == (NAME, 6)
    assert FolderCarrier(tmp_path).listing() == [left]
    assert FolderCarrier(tmp_path).read(NAME) == b"sealed"
    assert (tmp_path / SUBFOLDER / NAME).read_bytes() == b"sealed"


def test_a_file_written_anew_has_another_stamp(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    before = carrier.write(NAME, b"sealed")
    path = tmp_path / SUBFOLDER / NAME
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    (later,) = carrier.listing()
    assert later.stamp != before.stamp
    assert carrier.write(NAME, b"sealed, longer").stamp != later.stamp


def test_a_folder_keeps_its_id_and_an_empty_one_gets_another(tmp_path: Path) -> None:
    one = FolderCarrier(tmp_path).id
    assert re.fullmatch("[0-9a-f]{32}", one)
    assert FolderCarrier(tmp_path).id == one
    assert FolderCarrier(tmp_path / SUBFOLDER).id == one
    shutil.rmtree(tmp_path / SUBFOLDER)
    assert FolderCarrier(tmp_path).id not in (one, "")


def test_a_broken_id_is_replaced(tmp_path: Path) -> None:
    (tmp_path / SUBFOLDER).mkdir()
    (tmp_path / SUBFOLDER / ID_FILE).write_bytes(b"\xff\0")
    one = FolderCarrier(tmp_path).id
    assert one
    assert FolderCarrier(tmp_path).id == one


def test_the_subfolder_chosen_itself_is_the_same_carrier(tmp_path: Path) -> None:
    FolderCarrier(tmp_path).write(NAME, b"sealed")
    assert FolderCarrier(tmp_path).id
    assert [each.name for each in FolderCarrier(tmp_path / SUBFOLDER).listing()] == [NAME]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        FolderCarrier(tmp_path / "nowhere")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotFound):
        FolderCarrier(tmp_path / "file")


def test_a_folder_that_goes_while_it_is_listed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = FolderCarrier(tmp_path)
    carrier.write(NAME, b"sealed")

    def gone(_path: object) -> object:
        raise OSError(errno.EIO, "pulled")

    monkeypatch.setattr(os, "scandir", gone)
    with pytest.raises(NotFound, match="pulled out"):
        carrier.listing()


def test_litter_links_and_files_being_written_are_not_listed(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    carrier.write(NAME, b"sealed")
    root = tmp_path / SUBFOLDER
    secret = tmp_path / "secret"
    secret.write_bytes(b"of somebody else")
    for litter in (".DS_Store", "desktop.ini", "Thumbs.db", ".1-2-ab.segment.0badcafe.part"):
        (root / litter).write_bytes(b"")
    (root / "link.segment").symlink_to(secret)
    (root / "links").symlink_to(tmp_path, target_is_directory=True)
    deep = root.joinpath(*"abcdefghij")
    deep.mkdir(parents=True)
    (deep / "deep.segment").write_bytes(b"")
    (root / "holiday.jpg").write_bytes(b"\xff\xd8")
    assert [each.name for each in carrier.listing()] == ["holiday.jpg", NAME]


@pytest.mark.parametrize(
    "name", ["../secret", "a/../../secret", "/etc/hostname", "", "a\\..\\secret", "C:/secret", "a/\0", "link/secret"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(b"of somebody else")
    carrier = FolderCarrier(tmp_path)
    carrier.write(NAME, b"sealed")
    (tmp_path / SUBFOLDER / "link").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(NotFound):
        carrier.read(name)
    with pytest.raises((NotFound, NotWritable)):
        carrier.write(name, b"ours")
    assert (tmp_path / "secret").read_bytes() == b"of somebody else"


def test_a_file_that_cannot_be_read_just_now_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="looks again"):
        FolderCarrier(tmp_path).read("gone.segment")


@pytest.mark.parametrize(("fault", "words"), [(errno.ENOSPC, "no room"), (errno.EROFS, "Nothing may be written")])
def test_a_full_or_read_only_folder_is_said_and_nothing_is_half_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, words: str
) -> None:
    carrier = FolderCarrier(tmp_path)
    assert carrier.id

    def failing(*_: object) -> int:
        raise OSError(fault, os.strerror(fault))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(NotWritable, match=words) as told:
            carrier.write(NAME, b"sealed")
    assert str(told.value).count(f"{tmp_path}") == 1
    assert SUBFOLDER not in str(told.value), "the folder that somebody chose is named, not one deep in it"
    assert carrier.listing() == []


def test_a_read_only_folder_is_read_without_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FolderCarrier(tmp_path).write(NAME, b"sealed")
    (tmp_path / SUBFOLDER / ID_FILE).unlink()

    def failing(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", failing)
    carrier = FolderCarrier(tmp_path)
    assert carrier.id == ""
    assert [each.name for each in carrier.listing()] == [NAME]


def test_a_stick_that_does_not_keep_what_it_takes_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = FolderCarrier(tmp_path)
    assert carrier.id
    forgetful = "outreach_app.sync.folders.write_durably"
    monkeypatch.setattr(forgetful, lambda path, data: write_durably(path, data[:-1] + b"\0"))
    with pytest.raises(NotWritable, match="read back"):
        carrier.write(NAME, b"sealed")


def test_nothing_is_written_where_the_stick_was(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    assert carrier.id
    shutil.rmtree(tmp_path / SUBFOLDER)
    with pytest.raises(NotWritable, match="pulled out"):
        carrier.write(NAME, b"sealed")
    assert not (tmp_path / SUBFOLDER).exists()


def test_a_stick_pulled_while_a_file_is_written_is_said_as_one_pulled_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick := tmp_path / "stick").mkdir()
    carrier = FolderCarrier(stick)
    assert carrier.id

    def pulled(_descriptor: int) -> None:
        stick.rename(tmp_path / "pulled")
        raise OSError(errno.EIO, "pulled")

    monkeypatch.setattr(os, "fsync", pulled)
    with pytest.raises(NotWritable, match="pulled out"):
        carrier.write(NAME, b"sealed")
    assert not stick.exists()


def test_what_a_crash_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    carrier = FolderCarrier(tmp_path)
    carrier.write(NAME, b"sealed")
    left = (tmp_path / SUBFOLDER / NAME).with_name(".1-2-ab.segment.0badcafe.part")
    left.write_bytes(b"seal")
    carrier.write("space/device/run/3-4-ab.segment", b"sealed")
    assert not left.exists()


@pytest.mark.parametrize("links", [True, False])
def test_of_two_laptops_that_come_at_once_the_first_ones_id_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def no_links(*_names: object) -> None:
        raise PermissionError

    if not links:
        monkeypatch.setattr("os.link", no_links)
    first, second = FolderCarrier(tmp_path), FolderCarrier(tmp_path)
    looked = second._id_now

    def look_before_the_first_is_done() -> str:
        monkeypatch.setattr(second, "_id_now", looked)
        assert looked() == ""
        assert first.id
        return ""

    monkeypatch.setattr(second, "_id_now", look_before_the_first_is_done)
    assert second.id == first.id
    second.write("one", b"1")
    first.write("two", b"2")


def test_a_damaged_id_is_made_anew(tmp_path: Path) -> None:
    FolderCarrier(tmp_path).id  # noqa: B018 (made by being asked for)
    file = tmp_path / "outreach-sync" / "carrier.id"
    file.write_bytes(b"")
    assert FolderCarrier(tmp_path).id
    assert [path.name for path in file.parent.iterdir()] == ["carrier.id"]
