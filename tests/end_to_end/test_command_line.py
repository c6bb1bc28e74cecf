"""Every command, by the real program: what it does, what it answers as JSON, and what it says when asked wrongly."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.programs import done, ids, outreach, refused

DIRECTORY = Path(__file__).resolve().parents[2] / "resources" / "demo" / "partner-directory"
OUTCOMES = {"read", "new", "changed", "same", "set_aside"}


def check_account(said: object, kinds: set[str]) -> None:
    """An answer of import and merge has just the form that was promised, and its figures add up."""
    assert isinstance(said, dict)
    assert set(said) == {"account", "decisions"}
    assert set(said["decisions"]) == {"conflicts", "duplicates"}
    assert set(said["account"]) == {"files", "total"}
    for file in said["account"]["files"]:
        assert set(file) == {"file", "error", "rows", "set_aside"}
        assert all(set(each) == {"sheet", "row", "reason"} for each in file["set_aside"])
        aside = sum(rows["set_aside"] for rows in file["rows"].values())
        assert aside == len(file["set_aside"])
    totals = said["account"]["total"]
    assert kinds <= set(totals)
    for kind, rows in totals.items():
        assert set(rows) == OUTCOMES
        assert rows["read"] == sum(rows[name] for name in OUTCOMES - {"read"})
        for name in OUTCOMES:
            files = said["account"]["files"]
            assert rows[name] == sum(file["rows"].get(kind, {}).get(name, 0) for file in files)


def test_a_new_space_and_a_second_laptop(tmp_path: Path) -> None:
    office, laptop, file = tmp_path / "office", tmp_path / "laptop", tmp_path / "join.outreach"
    words = tmp_path / "passphrase.txt"
    words.write_text("seven quiet herons\n")
    said = done("new", office, "--worker", "Ada Crowe", "--department", "Hill County", "--passphrase-file", words)
    assert "Ada Crowe" in said.out
    assert "There is already a store" in refused("new", office, "--worker", "Zed", "--department", "Other")
    invited = done("invite", file, "--store", office, "--json", passphrase="seven quiet herons").json
    assert set(invited) == {"code"}
    assert len(invited["code"].split()) == 6
    wrong = " ".join(reversed(invited["code"].split()))
    assert not (tmp_path / "x").exists()
    refused("join", file, "--code", wrong, "--store", tmp_path / "x", "--worker", "Zed")
    assert not (tmp_path / "x").exists()
    joined = done("join", file, "--code", invited["code"], "--store", laptop, "--worker", "Ben Oxendine")
    assert "Hill County" in joined.out


def test_record_and_find(office: Path) -> None:
    made = done("record", "events", "name=Fire hall, Alarka", "county=37173", "--store", office, "--json").json
    assert set(made) == {"kind", "id", "code", "title"}
    assert made["title"] == "Fire hall, Alarka"
    done("record", "people", "name=María García", "phones=828 555 0184; 828 555 0185", "--store", office)
    found = done("find", "garcia", "--store", office, "--json").json
    assert [set(each) for each in found["results"]] == [{"kind", "id", "code", "title", "near"}]
    assert found["results"][0]["title"] == "María García"
    assert "María García" in done("find", "8285550185", "--store", office).out
    everything = done("find", "", "--store", office, "--json").json["results"]
    assert {each["kind"] for each in everything} == {"events", "people", "themes"}
    assert len(everything) > 40
    assert set(ids(office, "events")) == {"Fire hall, Alarka"}
    assert done("find", "nobody", "--store", office, "--json").json == {"results": []}


def test_a_record_that_cannot_be_is_not_made(office: Path) -> None:
    assert "missing" in refused("record", "people", "town=Alarka", "--store", office)
    assert "2026-13-45" in refused("record", "follow_ups", "what=Call", "due=2026-13-45", "--store", office)
    assert not ids(office, "follow_ups")


def test_a_workbook_goes_out_and_comes_back(office: Path, tmp_path: Path) -> None:
    done("record", "people", "name=Ada Crowe", "zip=02139", "--store", office)
    done("record", "people", "name=Ben Arch", "--store", office)
    book = tmp_path / "week.xlsx"
    made = done("export", book, "--store", office, "--json").json
    assert made["rows"]["people"] == 2
    assert made["profile"] == "internal"
    same = done("import", book, "--store", office, "--json").json
    check_account(same, {"people", "themes"})
    assert same["account"]["total"]["people"] == {"read": 2, "new": 0, "changed": 0, "same": 2, "set_aside": 0}
    opened = openpyxl.load_workbook(book)
    sheet = opened["People"]
    heading = [cell.value for cell in sheet[1]]
    row = next(each for each in sheet.iter_rows(min_row=2) if each[0].value == "Ben Arch")
    row[heading.index("Town")].value = "Alarka"
    sheet.append(["Cora Wolfe"])
    opened.save(book)
    dry = done("import", book, "--store", office, "--dry-run", "--json").json
    assert set(ids(office, "people")) == {"Ada Crowe", "Ben Arch"}
    real = done("import", book, "--store", office, "--json").json
    assert real == dry
    assert real["account"]["total"]["people"] == {"read": 3, "new": 1, "changed": 1, "same": 1, "set_aside": 0}
    assert set(ids(office, "people")) == {"Ada Crowe", "Ben Arch", "Cora Wolfe"}
    assert set(ids(office, "people", "alarka")) == {"Ben Arch"}
    again = done("import", book, "--store", office, "--json").json
    assert again["account"]["total"]["people"]["same"] == 3


def test_a_partner_directory_comes_in_once(office: Path) -> None:
    first = done("import", DIRECTORY, "--store", office, "--json").json
    check_account(first, {"organizations", "people"})
    assert first["account"]["total"]["organizations"]["new"] > 0
    assert first["account"]["total"]["organizations"]["set_aside"] == 2
    held = ids(office, "organizations")
    assert "Peninsula Volunteers" in held
    again = done("import", DIRECTORY, "--store", office, "--json").json
    assert again["account"]["total"]["organizations"]["new"] == 0
    assert ids(office, "organizations") == held
    assert set(ids(office, text="redwood city")), "the addresses are not searched"


def test_only_one_kind_of_a_folder(office: Path) -> None:
    said = done("import", DIRECTORY, "--store", office, "--kind", "people", "--json").json
    assert set(said["account"]["total"]) == {"people"}
    assert not ids(office, "organizations")
    assert ids(office, "people")


def test_for_a_partner_and_for_everybody(office: Path, tmp_path: Path) -> None:
    partner = done("record", "organizations", "name=Food Share", "--store", office, "--json").json["code"]
    event = done("record", "events", "name=Fair", "county=37173", "--store", office, "--json").json["code"]
    out = tmp_path / "out.xlsx"
    made = done("export", out, "--store", office, "--profile", "partner", "--partner", partner, "--json").json
    assert made["rows"]["organizations"] == 1
    assert "partner" in refused("import", out, "--store", office) or "leave the department" in refused(
        "import", out, "--store", office
    )
    done("export", out, "--store", office, "--profile", "public")
    done("export", out, "--store", office, "--event", event, "--language", "es")
    assert "Eventos" in openpyxl.load_workbook(out).sheetnames
    assert "0000000" in refused("export", out, "--store", office, "--event", "0000000")


def test_merging_with_no_store(office: Path, laptop: Path, tmp_path: Path) -> None:
    done("record", "people", "name=Ada Crowe", "--store", office)
    done("record", "people", "name=Ben Arch", "--store", laptop)
    one, two, master, review = (tmp_path / name for name in ("1.xlsx", "2.xlsx", "master.xlsx", "review.xlsx"))
    done("export", one, "--store", office)
    done("export", two, "--store", laptop)
    merged = done("merge", master, one, two, one, "--review", review, "--json").json
    check_account(merged, {"people"})
    assert [file["file"] for file in merged["account"]["files"]] == ["1.xlsx", "2.xlsx", "1.xlsx"]
    assert [file["rows"]["people"]["new"] for file in merged["account"]["files"]] == [1, 1, 0]
    names = [row[0] for row in openpyxl.load_workbook(master)["People"].iter_rows(min_row=2, values_only=True)]
    assert sorted(map(str, names)) == ["Ada Crowe", "Ben Arch"]
    assert review.exists()
    taken = done("import", master, "--store", office, "--json").json
    assert taken["account"]["total"]["people"] == {"read": 2, "new": 1, "changed": 0, "same": 1, "set_aside": 0}


def test_a_sign_in_sheet(office: Path, tmp_path: Path) -> None:
    event = done("record", "events", "name=Fair", "starts=2026-11-21 10:00", "--store", office, "--json").json["code"]
    out = tmp_path / "sheet.pdf"
    for language in ("en", "es", "en+es"):
        said = done("sheet", out, "--store", office, "--event", event.lower(), "--language", language, "--lines", 40)
        assert "40" in said.out
        assert out.read_bytes().startswith(b"%PDF")
    done("sheet", out, "--store", office, "--event", event, "--large-print")
    assert "No event has the code" in refused("sheet", out, "--store", office, "--event", "ZZZZZZZ")


def test_doctor_backup_and_restore(office: Path, tmp_path: Path) -> None:
    done("record", "people", "name=Ada Crowe", "--store", office)
    healthy = done("doctor", "--store", office, "--json").json
    assert healthy["healthy"] is True
    assert healthy["records"] == 45
    assert "All is well" in done("doctor", "--store", office).out
    backup, copy = tmp_path / "office.backup", tmp_path / "copy"
    done("backup", backup, "--store", office)
    done("record", "people", "name=Later", "--store", office)
    done("restore", backup, "--store", copy)
    assert set(ids(copy, "people")) == {"Ada Crowe"}
    assert done("doctor", "--store", copy, "--json").json["healthy"] is True
    refused("restore", backup, "--store", office)
    assert set(ids(office, "people")) == {"Ada Crowe", "Later"}


def test_it_speaks_spanish(office: Path) -> None:
    assert "frase" in refused("find", "", "--store", office, passphrase="wrong", language="es")


@pytest.mark.parametrize(
    "arguments",
    [
        ["record", "neighbors", "name=Ada", "--store", "STORE"],
        ["record", "people", "nickname=Ada", "--store", "STORE"],
        ["record", "people", "Ada", "--store", "STORE"],
        ["record", "links", "says=same", "--store", "STORE"],
        ["find", "ada", "--store", "STORE", "--kind", "sheets"],
        ["find", "ada"],
        ["export", "out.xlsx", "--store", "STORE", "--profile", "secret"],
        ["export", "out.xlsx", "--store", "STORE", "--profile", "partner"],
        ["export", "out.xlsx", "--store", "STORE", "--language", "fr"],
        ["sheet", "out.pdf", "--store", "STORE", "--event", "X", "--language", "fr"],
        ["sheet", "out.pdf", "--store", "STORE", "--event", "X", "--lines", "-3"],
        ["merge", "out.xlsx"],
        ["new", "STORE"],
        ["dance"],
    ],
)
def test_wrong_usage_is_told(office: Path, arguments: list[str], tmp_path: Path) -> None:
    said = outreach(
        *(str(office) if each == "STORE" else each.replace("out.", f"{tmp_path}/out.") for each in arguments)
    )
    assert said.code == 2, said.err
    assert said.err.strip()
    assert not list(tmp_path.glob("out.*"))


def test_it_says_its_version_and_its_commands() -> None:
    assert done("--version", anew=True).out.startswith("Outreach ")
    assert outreach("dance", anew=True).code == 2
    helped = done("--help").out
    for command in ("demo", "new", "invite", "join", "record", "find", "export", "import", "merge", "sync", "sheet"):
        assert command in helped


def test_an_answer_is_one_json_object(office: Path) -> None:
    said = done("find", "", "--store", office, "--json", anew=True)
    assert isinstance(json.loads(said.out), dict)
    assert said.err == ""
