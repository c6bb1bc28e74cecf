"""What the world does wrong: each has its own sentence on standard error and exit code 1, and nothing is changed."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from outreach_app.operations.spaces import open_store
from outreach_app.store.engines import open_engine
from outreach_app.store.keys import open_keys
from tests.end_to_end.conftest import Offices
from tests.helpers.programs import PASSPHRASE, Said, contents, done, ids, outreach, refused


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing may be written, whoever runs the tests."""
    if os.geteuid() == 0:
        if not sys.platform.startswith("linux"):
            pytest.fail("these tests need a user who is not root, or Linux")
        yield Path("/sys/kernel")
        return
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


@pytest.fixture(scope="module")
def workbook(offices: Offices, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of the program."""
    folder = tmp_path_factory.mktemp("books")
    office = shutil.copytree(offices.office, folder / "office")
    done("export", folder / "week.xlsx", "--store", office)
    return folder / "week.xlsx"


def broken(sort: str, workbook: Path, folder: Path) -> Path:
    """A file under a workbook's name that is none."""
    path = folder / f"{sort}.xlsx"
    whole = workbook.read_bytes()
    what = {
        "letter": b"Dear neighbor,\n" * 200,
        "empty": b"",
        "truncated": whole[: len(whole) // 2],
        "pdf": b"%PDF-1.7",
    }
    path.write_bytes(what[sort])
    return path


@pytest.mark.parametrize("sort", ["letter", "empty", "truncated", "pdf"])
def test_what_is_no_workbook_is_named_and_the_rest_goes_on(
    sort: str, workbook: Path, office: Path, tmp_path: Path
) -> None:
    path = broken(sort, workbook, tmp_path)
    before = contents(office)
    said = outreach("import", path, "--store", office, "--json")
    _one_sentence(said, path.name)
    file = said.json["account"]["files"][0]
    assert file["error"]
    assert not file["rows"]
    assert contents(office) == before
    out = tmp_path / "master.xlsx"
    refused("merge", out, path)
    assert not out.exists()
    both = outreach("merge", out, path, workbook, "--json")
    _one_sentence(both, path.name)
    assert [bool(each["error"]) for each in both.json["account"]["files"]] == [True, False]
    assert out.exists()


def _one_sentence(said: Said, name: str) -> None:
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1
    assert name in said.err


def test_each_broken_file_has_its_own_sentence(workbook: Path, office: Path, tmp_path: Path) -> None:
    files = [broken(sort, workbook, tmp_path) for sort in ("letter", "empty", "truncated")]
    account = outreach("import", tmp_path, "--store", office, "--json").json["account"]
    errors = {each["file"]: each["error"] for each in account["files"]}
    assert len({errors[path.name] for path in files}) == len(files), errors


def test_a_file_or_folder_that_is_not_there(office: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    before = contents(office)
    sentences = {
        refused("find", "", "--store", missing),
        refused("import", missing, "--store", office),
        refused("import", tmp_path / "missing.xlsx", "--store", office),
        refused("merge", tmp_path / "out.xlsx", tmp_path / "missing.xlsx"),
        refused("sync", missing, "--store", office),
        refused("restore", missing, "--store", tmp_path / "new"),
        refused("join", missing, "--code", "a b c d e f", "--store", tmp_path / "new", "--worker", "Ben"),
        refused("find", "", "--store", office, "--passphrase-file", missing),
    }
    assert len(sentences) >= 7
    assert contents(office) == before
    assert [path.name for path in tmp_path.iterdir()] == ["office"]


@pytest.mark.parametrize("passphrase", ["wrong", "", PASSPHRASE + " "])
def test_a_wrong_passphrase(office: Path, passphrase: str) -> None:
    before = contents(office)
    for command in (["find", ""], ["doctor"], ["record", "people", "name=Ada"]):
        assert "not the passphrase" in refused(*command, "--store", office, passphrase=passphrase)
    assert contents(office) == before


def test_a_second_program_on_the_same_store(office: Path) -> None:
    store = open_store(office, PASSPHRASE)
    try:
        before = contents(office)
        assert "already open" in refused("record", "people", "name=Ada", "--store", office)
        assert contents(office) == before
        assert store.count("people") == 0
    finally:
        store.close()
    done("record", "people", "name=Ada", "--store", office)


def test_a_store_from_a_newer_program(office: Path) -> None:
    engine = open_engine(office / "outreach.db", open_keys(office, PASSPHRASE).key)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = contents(office)
    assert "newer Outreach" in refused("find", "", "--store", office)
    keys = (office / "keys.json").read_text()
    (office / "keys.json").write_text(keys.replace('"format": 1', '"format": 2'))
    assert "newer Outreach" in refused("find", "", "--store", office)
    (office / "keys.json").write_text(keys)
    assert contents(office) == before


def test_a_damaged_store(office: Path) -> None:
    database = office / "outreach.db"
    database.write_bytes(b"x" * 4096 + database.read_bytes()[4096:])
    before = contents(office)
    assert "damaged" in refused("find", "", "--store", office)
    (office / "keys.json").write_text("{")
    assert "damaged" in refused("find", "", "--store", office)
    assert contents(office)["outreach.db"] == before["outreach.db"]


def test_a_damaged_backup_restores_nothing(office: Path, tmp_path: Path) -> None:
    backup = tmp_path / "office.backup"
    done("backup", backup, "--store", office)
    whole = backup.read_bytes()
    for held in (whole[: len(whole) // 2], b"", b"Dear neighbor", whole[:-500] + b"x" * 500):
        backup.write_bytes(held)
        refused("restore", backup, "--store", tmp_path / "copy")
        assert not (tmp_path / "copy").exists()


def test_a_folder_in_which_nothing_may_be_written(office: Path, closed_folder: Path) -> None:
    event = done("record", "events", "name=Fair", "--store", office, "--json").json["code"]
    before = contents(office)
    out = closed_folder / "out"
    for command in (
        ["new", out, "--worker", "Ada", "--department", "Hill"],
        ["invite", out, "--store", office],
        ["backup", out, "--store", office],
        ["export", closed_folder / "out.xlsx", "--store", office],
        ["sheet", closed_folder / "out.pdf", "--store", office, "--event", event],
        ["demo", out, "--no-window"],
        ["sync", closed_folder, "--store", office],
    ):
        sentence = refused(*command)
        assert "writ" in sentence or "nothing may be" in sentence.lower(), f"{command[0]}: {sentence}"
    assert contents(office).keys() == before.keys()
    assert done("doctor", "--store", office, "--json").json["healthy"] is True
    assert not out.exists()


def test_a_file_where_a_folder_should_be(office: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("Dear neighbor")
    for command in (
        ["new", file, "--worker", "Ada", "--department", "Hill"],
        ["new", file / "store", "--worker", "Ada", "--department", "Hill"],
        ["sync", file, "--store", office],
        ["export", file / "out.xlsx", "--store", office],
        ["find", "", "--store", file],
    ):
        refused(*command)
    assert file.read_text() == "Dear neighbor"


def test_a_full_disk(office: Path, tmp_path: Path) -> None:
    """No file may grow beyond what the store's database has already."""
    done("record", "people", "name=Ada Crowe", "--store", office)
    room = 30_000
    out = tmp_path / "out.xlsx"
    assert "room" in refused("export", out, "--store", office, largest=room)
    assert not out.exists()
    said = refused("record", "people", "name=Ben Arch", "--store", office, largest=room)
    assert "room" in said
    refused("backup", tmp_path / "office.backup", "--store", office, largest=room)
    refused("new", tmp_path / "new", "--worker", "Ada", "--department", "Hill", largest=room)
    assert {path.name for path in tmp_path.iterdir()} <= {"office", "new"}
    assert not (tmp_path / "new" / "outreach.db").exists()
    assert set(ids(office, "people")) == {"Ada Crowe"}
    assert done("doctor", "--store", office, "--json").json["healthy"] is True


def test_another_departments_workbook(office: Path, other: Path, tmp_path: Path) -> None:
    book = tmp_path / "other.xlsx"
    done("record", "people", "name=Stranger", "--store", other)
    done("export", book, "--store", other)
    before = contents(office)
    assert "another department" in refused("import", book, "--store", office)
    assert contents(office) == before


def test_an_invitation_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "join.outreach"
    for held in (b"", b"Dear neighbor", os.urandom(400)):
        file.write_bytes(held)
        refused("join", file, "--code", "one two three four five six", "--store", tmp_path / "x", "--worker", "Ben")
    assert not (tmp_path / "x").exists()
