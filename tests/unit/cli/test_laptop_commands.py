"""The laptops of the department, from the command line."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outreach_app.cli import programs
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join, open_store
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from tests.conftest import PASSPHRASE
from tests.helpers.departments import Department, department, names

Outreach = Callable[..., tuple[object, str, str]]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Department]:
    with department(tmp_path) as made:
        yield made


@pytest.fixture
def outreach(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Outreach:
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)

    def run(*arguments: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["outreach", "laptops", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def test_a_laptop_is_listed_given_up_accepted_from_and_found(county: Department, outreach: Outreach) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    office.close()
    here = ("--store", county.place / "office")
    code, said, _err = outreach(*here)
    assert code == 0
    assert [line.split(" · ")[:2] for line in said.splitlines()] == [["Ada Crowe", "coordinator"], ["Ben", "worker"]]
    said = outreach(*here, "--give-up", "ben")[1].splitlines()
    assert said[:2] == ["Ben's laptop is given up. Sync, so that the others know.", ""]
    assert "given up:" in said[-1]
    assert outreach(*here, "--give-up", "ben")[0] == 1
    make_record(ben, "people", {"name": "Otis"})
    office = county.keep(open_store(county.place / "office", PASSPHRASE))
    county.sync(ben, office)
    office.close()
    _code, said, _err = outreach(*here, "--json")
    assert [(each["name"], bool(each["lost"]), each["waits"]) for each in json.loads(said)["laptops"]] == [
        ("Ada Crowe", False, 0),
        ("Ben", True, 1),
    ]
    assert outreach(*here, "--accept", "Ben")[1].splitlines()[0] == "What was held back of Ben's laptop is accepted."
    assert outreach(*here, "--accept", "Ben")[0] == 1
    assert "given up:" not in outreach(*here, "--found", ben.device.hex()[:8])[1]
    office = county.keep(open_store(county.place / "office", PASSPHRASE))
    assert names(office) == {"Otis"}


def test_a_second_laptop_of_one_invitation_is_listed_and_let_in(county: Department, outreach: Outreach) -> None:
    office, file = county.office, county.place / "one.invitation"
    code = invite(office, file)
    ben, cora = (
        county.keep(join(county.place / name, file, code, name, PASSPHRASE, DEMO_COST)) for name in ("Ben", "Cora")
    )
    county.sync(ben, office, cora, office, cora)
    office.close()
    cora.close()
    here = ("--store", county.place / "office")
    line = next(each for each in outreach(*here)[1].splitlines() if each.startswith("Cora"))
    assert "waits to be let in · Its invitation has let in another laptop, Ben's." in line
    outside = outreach("--store", county.place / "Cora")[1].splitlines()[0]
    assert outside.startswith("This laptop waits to be let in. Its invitation has let in another laptop, Ben's.")
    code_, said, _err = outreach(*here, "--let-in", "cora")
    assert (code_, said.splitlines()[0]) == (0, "Cora's laptop is let in. Sync, so that it hears.")
    assert "waits to be let in" not in said
    code_, _said, err = outreach(*here, "--let-in", "cora")
    assert (code_, err) == (1, "No laptop called cora asks to be let in. Look at the list.\n")


def test_a_role_is_given_and_taken(county: Department, outreach: Outreach) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    office.close()
    here = ("--store", county.place / "office")
    assert "Ben · coordinator" in outreach(*here, "--coordinator", "Ben")[1]
    assert "Ben · worker" in outreach(*here, "--worker", "Ben")[1]
    code, _said, err = outreach(*here, "--worker", "Nobody")
    assert (code, "Nobody" in err) == (1, True)


def test_a_department_is_brought_back_by_its_sheet_and_a_new_sheet_made(
    county: Department, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OUTREACH_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("OUTREACH_NEW_PASSPHRASE", PASSPHRASE)
    words = tmp_path / "words.txt"
    words.write_text(" ".join(RecoveryKey(county.office.setting(SETTING)).words), encoding="utf-8")
    make_record(county.office, "people", {"name": "Maria"})
    county.sync(county.office)
    anew = tmp_path / "anew"

    def run(*arguments: object) -> object:
        monkeypatch.setattr(sys, "argv", ["outreach", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            programs.run(None)
        return ended.value.code

    asked = ("recover", "--store", anew, "--worker", "Ada Crowe", "--words-file", words, "--from")
    assert run(*asked, county.folder_named("empty")) == 1
    assert run(*asked, county.folder) == 0
    store = county.keep(open_store(anew, PASSPHRASE))
    assert names(store) == {"Maria"}
    before = store.space.recovery
    store.close()
    assert run("recovery", tmp_path / "gone" / "sheet.pdf", "--new", "--store", anew) == 1
    store = county.keep(open_store(anew, PASSPHRASE))
    assert store.space.recovery == before, "a sheet that could not be written takes no other's place"
    store.close()
    assert run("recovery", tmp_path / "sheet.pdf", "--new", "--store", anew) == 0
    assert county.keep(open_store(anew, PASSPHRASE)).space.recovery != before
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
