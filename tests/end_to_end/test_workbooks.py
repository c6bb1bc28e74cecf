"""LibreOffice opens what we wrote and saves it again; nothing of it is lost, and merging it back says "same"."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.conftest import Demo
from tests.helpers.programs import contents, done

PASSPHRASE = "demo"


@pytest.fixture(scope="module")
def saved_again(demo: Demo, resaved: Callable[[Path], Path]) -> Path:
    """The department's workbook, saved again by LibreOffice."""
    return resaved(demo.folder / "exports" / "internal-en.xlsx")


def test_libreoffice_reads_every_cell(demo: Demo, saved_again: Path) -> None:
    ours = openpyxl.load_workbook(demo.folder / "exports" / "internal-en.xlsx")
    theirs = openpyxl.load_workbook(saved_again)
    assert ours.sheetnames == theirs.sheetnames
    for name in ("Events", "People", "Feedback", "Follow-ups", "Themes"):
        wanted = list(ours[name].iter_rows(values_only=True))
        found = [row[: len(wanted[0])] for row in theirs[name].iter_rows(values_only=True)][: len(wanted)]
        assert found == wanted, name


def test_importing_it_back_says_same_for_every_row(demo: Demo, saved_again: Path, tmp_path: Path) -> None:
    store = demo.copy("coordinator", tmp_path)
    before = contents(store)
    said = done("import", saved_again, "--store", store, "--json", passphrase=PASSPHRASE).json
    assert said["account"]["files"][0]["error"] is None
    for kind, rows in said["account"]["total"].items():
        assert rows["same"] == rows["read"] > 0, f"{kind}: {rows}"
    assert sum(rows["read"] for rows in said["account"]["total"].values()) > 3_500
    assert contents(store) == before


def test_merging_it_with_the_original_says_same_for_every_row(demo: Demo, saved_again: Path, tmp_path: Path) -> None:
    original = demo.folder / "exports" / "internal-en.xlsx"
    said = done("merge", tmp_path / "master.xlsx", original, saved_again, "--json").json
    first, second = said["account"]["files"]
    assert second["error"] is None
    assert set(second["rows"]) == set(first["rows"])
    for kind, rows in second["rows"].items():
        assert rows["same"] == rows["read"] == first["rows"][kind]["read"] > 0, f"{kind}: {rows}"
    assert not second["set_aside"]
    assert said["decisions"]["conflicts"] == 1


def test_in_spanish_too(demo: Demo, resaved: Callable[[Path], Path], tmp_path: Path) -> None:
    store = demo.copy("worker-2", tmp_path)
    spanish = resaved(demo.folder / "exports" / "internal-es.xlsx")
    said = done("import", spanish, "--store", store, "--json", passphrase=PASSPHRASE).json
    for kind, rows in said["account"]["total"].items():
        assert rows["same"] == rows["read"] > 0, f"{kind}: {rows}"
