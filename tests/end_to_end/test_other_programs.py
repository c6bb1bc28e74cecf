"""Files of other programs, out and in, by the real program."""

from pathlib import Path

import pytest

from outreach_app.operations.exporting_files import ENDINGS, FORMATS
from tests.helpers.programs import done, ids, outreach, refused


def test_every_format_leaves_and_tables_come_back_the_same(office: Path, tmp_path: Path) -> None:
    done("record", "people", "name=Ada Crowe", "phones=828 555 0184", "zip=02139", "--store", office)
    done("record", "events", "name=Fair", "starts=2026-11-28 10:00", "--store", office)
    for form in FORMATS:
        ending = ENDINGS[form]
        out = tmp_path / f"{form}{ending}"
        made = done("export", out, "--store", office, "--format", form, "--json").json
        assert out.stat().st_size > 0
        assert made["left_out"] == 0
        if ending == ".csv":
            same = done("import", out, "--store", office, "--json").json["account"]["total"]["people"]
            assert same == {"read": 1, "new": 0, "changed": 0, "same": 1, "set_aside": 0}
    done("export", tmp_path / "people.csv", "--store", office, "--format", "csv", "--kinds", "people")
    assert "Ada Crowe" in (tmp_path / "people.csv").read_text("utf-8-sig")


def test_columns_are_shown_told_and_remembered(office: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Who,Ring,Email\nAda Crowe,828 555 0101,ada@x.example\n", "utf-8")
    shown = done("import", path, "--store", office, "--columns", "--json").json
    assert shown == {"tables": [{"table": "list.csv", "kind": "people", "columns": {"Email": "emails"}}]}
    assert "--map" in refused("import", path, "--store", office)
    told = ["--map", "Who=name", "--map", "Ring=phones:mobile"]
    dry = done("import", path, "--store", office, *told, "--dry-run", "--json").json
    assert not ids(office, "people")
    assert "--map" in refused("import", path, "--store", office), "a dry run remembered what it was told"
    assert done("import", path, "--store", office, *told, "--json").json == dry
    assert set(ids(office, "people")) == {"Ada Crowe"}
    assert done("import", path, "--store", office, "--json").json["account"]["total"]["people"]["same"] == 1
    assert "Who = name" in done("import", path, "--store", office, "--columns").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "OUT", "--format", "fax"], "--format is one of"),
        (["export", "OUT", "--since", "last"], "--save-as NAME"),
        (["export", "OUT", "--columns", "people"], "KIND=FIELD"),
        (["export", "OUT", "--named", "Weekly", "--kinds", "people"], "leave the rest out"),
        (["exports", "--rename", "Weekly"], "--to NEW"),
        (["import", "OUT", "--map", "Name"], "HEADING=FIELD"),
    ],
)
def test_wrong_usage_is_said(office: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    given = [str(tmp_path / "x.csv") if each == "OUT" else each for each in arguments]
    ended = outreach(*given, "--store", office)
    assert (ended.code, said in " ".join(ended.err.split())) == (2, True), ended.err


def test_names_are_not_published(office: Path, tmp_path: Path) -> None:
    said = refused("export", tmp_path / "x.csv", "--store", office, "--format", "google", "--profile", "public")
    assert "never published" in said
    assert not (tmp_path / "x.csv").exists()


def test_who_is_on_a_list_twice_is_told_with_no_store(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "Name,Phone\nBob Crowe,828 555 0112\nInez Rowe,828 555 0113\nRobert Crowe,(828) 555-0112\n", "utf-8"
    )
    said = done("duplicates", file).out
    assert "1 pair is surely one." in said
    assert "  rows 2, 4\n" in said
    assert "  2 Bob Crowe · 4 Robert Crowe · surely one · One first name is short for the other" in said
    told = done("duplicates", file, "--json").json
    assert (told["pairs"][0][:2], told["pairs"][0][3], told["clusters"]) == ([0, 2], "join", [[0, 2]])
    assert "organizations" in refused("duplicates", file, "--kind", "dogs")
