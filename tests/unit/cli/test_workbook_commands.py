"""Return files, reviews and stopped merges, from the command line."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from outreach_app.cli import programs
from outreach_app.operations import importing, merging
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import open_store
from tests.conftest import PASSPHRASE
from tests.helpers.departments import OWN_PASSPHRASE, Department, department, names

Outreach = Callable[..., tuple[object, str, str]]


@pytest.fixture
def outreach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Outreach:
    def run(*arguments: object, passphrase: str = PASSPHRASE) -> tuple[object, str, str]:
        monkeypatch.setenv("OUTREACH_PASSPHRASE", passphrase)
        monkeypatch.setattr(sys, "argv", ["outreach", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    """A department whose worker Ben sent two workbooks; the stores are closed."""
    with department(tmp_path) as made:
        ben = made.joined("Ben")
        for number in (1, 2):
            make_record(ben, "people", {"name": f"Mae {number}", "town": "Alarka"})
            export_workbook(ben, tmp_path / f"week{number}.xlsx")
        ben.close()
        made.office.close()
        yield made


@pytest.mark.usefixtures("county")
def test_a_worker_who_mails_workbooks_hears_back(outreach: Outreach, tmp_path: Path) -> None:
    office, ben = ("--store", tmp_path / "office"), ("--store", tmp_path / "Ben")
    assert outreach("import", tmp_path / "week2.xlsx", *office)[0] == 0
    outbox = tmp_path / "outbox"
    code, said, _err = outreach("returns", outbox, *office, "--json")
    [file] = json.loads(said)["files"]
    assert (code, file["name"], file["rows"]) == (0, "Ben", 2)
    code, said, _err = outreach("import", file["file"], *ben, passphrase=OWN_PASSPHRASE)
    assert code == 0
    assert "week2.xlsx: People exported 2, merged 2" in said
    assert "Received by the department: 3 of 4 changes." in said  # the log of the first export is here alone


def test_one_worker_alone_by_name_or_code(county: Department, outreach: Outreach, tmp_path: Path) -> None:
    office = ("--store", tmp_path / "office")
    outreach("import", tmp_path / "week1.xlsx", *office)
    outbox = county.folder_named("outbox")
    assert outreach("returns", outbox, "--for", "Cy", *office)[0] == 1
    code, said, _err = outreach("returns", outbox, "--for", "ben", "--language", "es", *office)
    assert (code, "Anyone who has such a file can read it." in said) == (0, True)
    [path] = outbox.iterdir()
    assert "Qué llegó" in openpyxl.load_workbook(path).sheetnames
    assert outreach("returns", outbox, "--language", "fr", *office)[0] == 2
    assert outreach("returns", tmp_path / "nowhere" / "deep", *office)[0] == 1


def test_a_review_is_written_filled_in_and_imported(county: Department, outreach: Outreach, tmp_path: Path) -> None:
    office = ("--store", tmp_path / "office")
    for name in ("Otis", "Otis"):
        outreach("record", "people", f"name={name}", "emails=otis@example.org", *office)
    outreach("import", tmp_path / "week2.xlsx", *office)
    code, said, _err = outreach("review", tmp_path / "review.xlsx", *office, "--json")
    assert (code, json.loads(said)["decisions"]["duplicates"] > 0) == (0, True)
    book = openpyxl.load_workbook(tmp_path / "review.xlsx")
    sheet = book["Perhaps the same"]
    at = [cell.value for cell in sheet[1]].index("Decision") + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, at).value = "Same" if sheet.cell(row, 2).value == "Otis" else None
    book.save(tmp_path / "review.xlsx")
    code, said, _err = outreach("import", tmp_path / "review.xlsx", *office, "--json")
    assert code == 0
    assert json.loads(said)["account"]["files"][0]["decided"]["taken"] == 1
    store = county.keep(open_store(tmp_path / "office", PASSPHRASE))
    assert len([view for view in store.list("people") if view.title == "Otis"]) == 1


def test_ctrl_c_tells_what_was_done(
    county: Department, outreach: Outreach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = importing.import_workbook

    def interrupted(*given: object, **named: object) -> object:
        if given[1] == tmp_path / "week2.xlsx":
            raise KeyboardInterrupt
        return whole(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "import_workbook", interrupted)
    code, said, err = outreach("import", tmp_path, "--store", tmp_path / "office", "--json")
    told = json.loads(said)
    assert (code, told["stopped"]) == (1, True)
    assert [each["file"] for each in told["account"]["files"]] == ["week1.xlsx"]
    assert "Files that were done stay merged" in err
    assert names(county.keep(open_store(tmp_path / "office", PASSPHRASE))) == {"Mae 1"}


def test_ctrl_c_in_a_merge_with_no_store_writes_nothing(
    county: Department, outreach: Outreach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del county

    def interrupted(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(merging, "export_workbook", interrupted)
    master = tmp_path / "master.xlsx"
    code, _said, err = outreach("merge", master, tmp_path / "week1.xlsx", "--review", tmp_path / "review.xlsx")
    assert (code, err.strip()) == (1, "Stopped. Nothing was written.")
    assert not master.exists()
    assert [each for each in tmp_path.iterdir() if "review" in each.name] == []
