"""A template as a spreadsheet program writes it, filled by the real program and opened there again."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.helpers.programs import done, refused
from tests.helpers.templates import own_template

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Calc is not installed")


def test_it_is_kept_filled_and_worked_out_there(office: Path, tmp_path: Path, resaved: Callable[[Path], Path]) -> None:
    template = resaved(own_template(tmp_path / "own.xlsx"))
    done("record", "people", "name=Ada Crowe", "town==1+1", "phones=828 555 0184", "--store", office)
    done("record", "people", "name=Bea <Bird> & Co", "town=Murphy", "--store", office)
    told = ["--template", template, "--kinds", "people", "--map", "Cell=phones", "--map", "Born in=town"]
    said = done("export", tmp_path / "one.xlsx", "--store", office, *told, "--save-as", "Contacts")
    assert "Agency = organization" in said.out
    done("export", tmp_path / "two.xlsx", "--store", office, "--named", "Contacts")
    filled = openpyxl.load_workbook(resaved(tmp_path / "two.xlsx"), data_only=True)
    rows = [[cell.value for cell in row] for row in filled.worksheets[0].iter_rows(min_row=5, max_row=6)]
    assert rows == [
        ["Ada Crowe", None, None, "828 555 0184", "=1+1", 9],
        ["Bea <Bird> & Co", None, None, None, "Murphy", 15],
    ]
    assert filled["Figures"]["B1"].value == 2
    assert filled.worksheets[0]["A1"].value == "Hill County Health"
    assert len(openpyxl.load_workbook(tmp_path / "two.xlsx")["Figures"]._charts) == 1
    listed = done("exports", "--store", office)
    assert listed.out.startswith("Contacts  (internal, template, ")
    assert "already a named export" in refused(
        "export", tmp_path / "x.xlsx", "--store", office, "--save-as", "contacts"
    )


def test_what_was_chosen_is_named_made_again_renamed_and_removed(office: Path, tmp_path: Path) -> None:
    done("record", "people", "name=Ada Crowe", "town=Alarka", "--store", office)
    told = ["--kinds", "people", "--columns", "people=name,town", "--format", "csv", "--to", "Vital Records"]
    done("export", tmp_path / "a.csv", "--store", office, *told, "--since", "last", "--save-as", "Weekly")
    done("export", tmp_path / "b.csv", "--store", office, "--named", "weekly")
    first, second = (
        list(csv.reader((tmp_path / name).read_text("utf-8-sig").splitlines())) for name in ("a.csv", "b.csv")
    )
    assert ([row[:2] for row in first], second) == ([["Name", "Town"], ["Ada Crowe", "Alarka"]], first[:1])
    done("exports", "--rename", "Weekly", "--to", "Each week", "--store", office)
    assert [each["name"] for each in done("exports", "--json", "--store", office).json["named"]] == ["Each week"]
    done("exports", "--remove", "Each week", "--store", office)
    assert "Nothing is exported" in done("exports", "--store", office).out
    assert "nor any other" in refused("export", tmp_path / "c.csv", "--named", "Weekly", "--store", office)
