"""What the command line refuses before it writes, and what it takes back."""

import errno
import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from outreach_app.cli import programs
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.store.engines import open_engine
from outreach_app.store.keys import DEMO_COST, open_keys
from outreach_app.texts import speak
from tests.helpers.memories import all_changes
from tests.helpers.second_laptops import PASSPHRASE as SECOND
from tests.helpers.second_laptops import second_laptop

PASSPHRASE = "a passphrase for tests"
Outreach = Callable[..., tuple[object, str, str]]


@pytest.fixture
def outreach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Outreach:
    """Runs the command line in this process: its exit code, what it said, and what it said on standard error."""
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["outreach", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    new_store(folder, PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST).close()
    return folder


def test_a_new_store_needs_names(outreach: Outreach, tmp_path: Path) -> None:
    code, _out, said = outreach("new", tmp_path / "new", "--worker", " ", "--department", "Hill County")
    assert (code, "--worker is empty" in said) == (2, True)
    assert not (tmp_path / "new").exists()


def test_a_field_is_given_once(outreach: Outreach, office: Path) -> None:
    code, _out, said = outreach("record", "people", "name=Ada", "name=Ben", "--store", office)
    assert (code, "name is given twice" in said) == (2, True)


def test_notepads_mark_before_a_passphrase_is_no_part_of_it(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text(PASSPHRASE + "\r\n", encoding="utf-8-sig")
    assert outreach("find", "x", "--store", office, "--passphrase-file", words)[0] == 0


def test_a_merge_never_writes_over_what_it_merges(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    week = tmp_path / "week.xlsx"
    assert outreach("export", week, "--store", office)[0] == 0
    before = week.read_bytes()
    for arguments in ((week, week), (tmp_path / "all.xlsx", week, "--review", week)):
        code, _out, said = outreach("merge", *arguments)
        assert (code, "name them apart" in said) == (2, True)
    assert week.read_bytes() == before


def test_a_trial_import_says_that_it_was_one(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    week = tmp_path / "week.xlsx"
    outreach("export", week, "--store", office)
    _code, said, _err = outreach("import", week, "--store", office, "--dry-run")
    assert said.startswith("Nothing was changed.")


def test_a_column_of_somebodys_own_is_named(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    outreach("record", "people", "name=Ada", "--store", office)
    week = tmp_path / "week.xlsx"
    outreach("export", week, "--store", office)
    assert "not taken" not in outreach("import", week, "--store", office)[1]
    book = openpyxl.load_workbook(week)
    people = book["People"]
    place = people.max_column + 1
    people.cell(1, place).value, people.cell(2, place).value = "My remarks", "called twice"
    book.save(week)
    said = outreach("import", week, "--store", office)[1]
    assert "People: not taken, for it is no column of Outreach: My remarks" in said


def test_backups_are_made_where_they_are_kept_and_listed(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert "no backup" in outreach("backups", "--store", office)[1]
    assert outreach("backup", "--store", office)[0] == 0
    assert outreach("backup", "--store", office, "--keep-in", stick)[0] == 0
    told = json.loads(outreach("backups", "--store", office, "--json")[1])
    assert told["folder"] == str(stick)
    there = [(Path(each["file"]).parent, each["verified"]) for each in told["backups"]]
    assert there == [(stick, True), (office / "backups", True)], "those made before another place was chosen too"
    file = Path(told["backups"][0]["file"])
    assert str(file) in outreach("backups", "--store", office)[1]
    file.write_bytes(file.read_bytes()[:-1])
    assert "damaged" in outreach("backups", "--store", office)[1]
    assert outreach("backup", "--store", office, "--keep-in", "-")[0] == 0
    assert json.loads(outreach("backups", "--store", office, "--json")[1])["folder"] == str(office / "backups")


def test_a_damaged_store_is_rescued_with_an_account(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert outreach("backup", "--store", office)[0] == 0
    for name in ("Rosa Arch", "Ben Squirrel"):
        assert outreach("record", "people", f"name={name}", "--store", office)[0] == 0
        if name.startswith("Rosa"):
            assert outreach("sync", stick, "--store", office)[0] == 0
    code, _out, said = outreach("rescue", "--store", office)
    assert (code, "nothing to rescue" in said) == (1, True)
    store = open_store(office, PASSPHRASE)
    held = len(all_changes(store))
    store.close()
    database = office / "outreach.db"
    content = bytearray(database.read_bytes())
    content[3000] ^= 1
    database.write_bytes(content)
    code, _out, said = outreach("find", "rosa", "--store", office)
    assert (code, "database of this store is damaged" in said) == (1, True)
    code, out, said = outreach("rescue", "--store", office, "--folder", stick, "--backup", office / "backups", "--json")
    assert (code, said) == (0, "")
    told = json.loads(out)
    assert told["held"] == told["from_backup"] + told["from_folders"] + told["salvaged"]
    assert (told["held"], told["missing"]) == (held, 0), "what only the damaged database held, whose first page is gone"
    assert (Path(told["kept"]) / "outreach.db").read_bytes() == bytes(content)
    for name in ("rosa", "squirrel"):
        assert name in outreach("find", name, "--store", office)[1].lower()
    assert outreach("doctor", "--store", office)[0] == 0
    database.unlink()
    assert "from the backup" in outreach("rescue", "--store", office)[1]


def test_a_backup_that_the_passphrase_does_not_open_leaves_nothing(
    outreach: Outreach, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outreach("backup", tmp_path / "b.backup", "--store", office)[0] == 0
    monkeypatch.setenv("OUTREACH_PASSPHRASE", "another")
    assert outreach("restore", tmp_path / "b.backup", "--store", tmp_path / "copy")[0] == 1
    assert not (tmp_path / "copy").exists()
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)
    assert outreach("restore", tmp_path / "b.backup", "--store", tmp_path / "copy")[0] == 0


def test_a_backup_takes_the_place_of_a_store_that_is_kept_and_put_back(outreach: Outreach, office: Path) -> None:
    assert outreach("backup", "--store", office)[0] == 0
    assert outreach("record", "people", "name=Rosa", "--store", office)[0] == 0
    backup = json.loads(outreach("backups", "--store", office, "--json")[1])["backups"][0]["file"]
    code, said, _err = outreach("restore", backup, "--store", office, "--in-place")
    assert (code, "1 written later is not in it" in said) == (0, True)
    assert "Rosa" not in outreach("find", "rosa", "--store", office)[1]
    kept = next(office.glob("before-*"))
    assert str(kept) in said
    assert outreach("restore", kept, "--store", office, "--in-place")[0] == 0
    assert "Rosa" in outreach("find", "rosa", "--store", office)[1]


def test_bytes_that_are_no_letters_are_kept_as_signs(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    """A terminal in another encoding gives halves of letters, which nothing can keep."""
    code, said, _err = outreach("record", "people", "name=Jos\udce9", "phones=828 555 0100 \ud800", "--store", office)
    assert (code, "Jos\ufffd" in said) == (0, True)
    week = tmp_path / "week\udce9.xlsx"
    assert outreach("export", week, "--store", office)[0] == 0
    assert outreach("import", week, "--store", office)[0] == 0
    assert outreach("new", tmp_path / "b", "--worker", "Jos\udce9", "--department", "\udce9")[0] == 0


def test_a_passphrase_that_is_no_text_is_not_taken(
    outreach: Outreach, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTREACH_PASSPHRASE", "Jos\udce9")
    code, _out, said = outreach("find", "x", "--store", office)
    assert (code, "cannot be read" in said) == (1, True)


def test_a_command_never_writes_over_a_store(outreach: Outreach, office: Path) -> None:
    outreach("record", "events", "name=Clinic day", "short_code=2N87J47", "--store", office)
    before = {path.name: path.read_bytes() for path in office.iterdir()}
    for command in (
        ("backup", office / "outreach.db"),
        ("invite", office / "keys.json"),
        ("export", office / "outreach.db"),
        ("export", office / "outreach.db", "--profile", "public"),
        ("sheet", office / "outreach.db", "--event", "2N87J47"),
    ):
        code, _out, said = outreach(*command, "--store", office)
        assert (code, "belongs to the store" in said) == (1, True), command
    after = {path.name: path.read_bytes() for path in office.iterdir()}
    assert after["keys.json"] == before["keys.json"]
    assert outreach("doctor", "--store", office)[0] == 0


def test_a_hand_out_holds_the_groups_that_fit(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    for name, interest in (("Food council", "food"), ("Youth voices", "youth")):
        outreach("record", "groups", f"name={name}", f"interests={interest}", "--store", office)
    out = tmp_path / "groups.pdf"
    asked = ("hand-out", out, "--store", office, "--interest", "food", "--county", "Swain")
    code, said, _fault = outreach(*asked, "--language", "es", "--large-print")
    assert (code, said) == (0, f"1 group, in {out}\n")
    assert out.read_bytes().startswith(b"%PDF")
    assert outreach("hand-out", out, "--store", office, "--interest", "aging")[0] == 1, "no group fits"
    assert outreach("hand-out", out, "--store", office, "--interest", "cheese")[0] == 2
    assert outreach("hand-out", office / "outreach.db", "--store", office, "--interest", "food")[0] == 1


def test_a_sheet_that_cannot_be_written_leaves_what_was_there(
    outreach: Outreach, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outreach("record", "events", "name=Clinic day", "short_code=2N87J47", "--store", office)
    out = tmp_path / "sheet.pdf"
    out.write_bytes(b"the sheet of last week")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    code, _out, said = outreach("sheet", out, "--store", office, "--event", "2N87J47")
    assert (code, "no room" in said) == (1, True)
    assert out.read_bytes() == b"the sheet of last week"
    assert {path.name for path in tmp_path.iterdir()} == {"office", "sheet.pdf"}


def test_an_account_calls_things_as_people_do(
    outreach: Outreach, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outreach("record", "people", "name=Ada", "--store", office)
    week = tmp_path / "week.xlsx"
    assert "People 1, Themes 44" in outreach("export", week, "--store", office)[1]
    assert "    People: 1 read" in outreach("import", week, "--store", office)[1]
    monkeypatch.setenv("OUTREACH_LANGUAGE", "es")
    try:
        assert "    Personas: 1 leída" in outreach("import", week, "--store", office)[1]
    finally:
        speak("en")


def test_the_doctor_makes_anew_what_is_shown_and_only_where_what_was_written_is_whole(
    outreach: Outreach, office: Path
) -> None:
    outreach("record", "people", "name=Ada", "--store", office)
    _with_sql(office, "UPDATE people SET name = 'Bo'")
    code, said, _err = outreach("doctor", "--store", office)
    assert (code, "--repair" in said) == (1, True)
    code, said, _err = outreach("doctor", "--repair", "--store", office)
    assert (code, "All is well" in said) == (0, True)
    assert outreach("doctor", "--store", office)[0] == 0
    _with_sql(office, "UPDATE changes SET author = 'Bo'")
    code, said, _err = outreach("doctor", "--repair", "--store", office)
    assert (code, "Restore a backup" in said) == (1, True)


def _with_sql(folder: Path, statement: str) -> None:
    engine = open_engine(folder / "outreach.db", open_keys(folder, PASSPHRASE).key)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("peopl", "name=X"), "There is no kind “peopl”. Did you mean people? The kinds are: events, people,"),
        (("person", "name=X"), "There is no kind “person”. Did you mean people?"),
        (("people", "phone=2"), "“phone” is no field of people. Did you mean phones? The fields are: name,"),
        (("feedback", "words=hi"), "“words” is no field of feedback. Did you mean verbatim?"),
        (("people", "name"), '“name” is not FIELD=VALUE. Write it like name="…".'),
        (("people", "Otis"), 'Otis” is not FIELD=VALUE. Write it like name="…".'),
    ],
)
def test_a_record_asked_for_wrongly_says_what_was_meant_and_how_it_is_written(
    outreach: Outreach, office: Path, asked: tuple[str, ...], told: str
) -> None:
    code, _out, said = outreach("record", *asked, "--store", office)
    assert code == 2
    assert told in " ".join(said.split())
    code, _out, said = outreach("record", "people", "town=Sylva", "--store", office)
    assert (code, said) == (1, 'Name is missing. Write it like name="…".\n')


def test_a_value_that_is_in_no_list_names_those_it_comes_near_or_some(outreach: Outreach, office: Path) -> None:
    code, _out, said = outreach("record", "people", "name=X", "preferred_language=Spannish", "--store", office)
    assert (code, said) == (1, "Preferred language: “Spannish” is not in its list; did you mean Spanish?\n")
    _code, _out, said = outreach("record", "people", "name=X", "preferred_language=qq", "--store", office)
    assert said.startswith("Preferred language: “qq” is not in its list of ")
    assert "English" in said


def test_what_is_sealed_as_it_is_saved_is_said_to_be_saved(outreach: Outreach, office: Path, tmp_path: Path) -> None:
    store = open_store(office, PASSPHRASE)
    with second_laptop(store, tmp_path / "laptop"):
        pass
    store.close()
    asked = ("record", "feedback", "verbatim=The inspector asked for money", "sensitive=yes")
    file = tmp_path / "passphrase"
    file.write_text(SECOND, encoding="utf-8")
    here = ("--store", tmp_path / "laptop", "--passphrase-file", file)
    code, said, _err = outreach(*asked, *here)
    told = "Saved Piece of feedback, sealed for the coordinators: this laptop cannot show it again.\n"
    assert (code, said) == (0, told)
    assert json.loads(outreach(*asked, *here, "--json")[1])["sealed"] is True
    assert "Saved Piece of feedback: The inspector" in outreach(*asked, "--store", office)[1]
