"""A department's own workbook, filled: our rows in its styles, and not a byte of anything else touched."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outreach_app.model.errors import BadInput, OutreachError
from outreach_app.operations.exporting_templates import preview_template, read_template
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.named_exports import export_named, named_exports, save_export
from outreach_app.sheets.templates import LARGEST
from outreach_app.store.stores import Store
from tests.helpers.address_books import address_book
from tests.helpers.departments import Department
from tests.helpers.memories import all_changes
from tests.helpers.templates import HEADINGS, LOGO, added, own_template, parts_of

TOLD = {"Cell": "phones:mobile", "Born in": "town"}
SHEET = "Contacts & more"


@pytest.fixture
def book(laptop: Store) -> dict[str, str]:
    return address_book(laptop)


@pytest.fixture
def filled(laptop: Store, tmp_path: Path) -> Callable[..., Path]:
    """``filled(path, kind, told)``: a template, kept under a name and filled."""

    def make(path: Path, kind: str = "people", told: dict[str, str] | None = None) -> Path:
        own = read_template(laptop, path, kind, told)
        kept, _changes = save_export(laptop, "Ours", Wanted(), template=own)
        export_named(laptop, tmp_path / "filled.xlsx", kept)
        return tmp_path / "filled.xlsx"

    return make


def rows(path: Path, title: str = SHEET, first: int = 5) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[title].iter_rows(min_row=first, values_only=True)]


def simple(path: Path, *lines: list[Any]) -> Path:
    """A workbook of these rows from the first on."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize("table", [True, False])
@pytest.mark.usefixtures("book")
def test_our_rows_stand_in_its_styles_and_all_else_is_as_it_was(
    tmp_path: Path, filled: Callable[..., Path], table: bool
) -> None:
    template = own_template(tmp_path / "own.xlsx", table)
    made = filled(template, told=TOLD)
    before, after = parts_of(template), parts_of(made)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {
        "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", *(["xl/tables/table1.xml"] if table else []),
    }  # fmt: skip
    assert after["xl/media/logo.png"] == LOGO
    assert "xl/charts/chart1.xml" in after
    told = rows(made)
    assert len(told) == 3
    maria = next(row for row in told if row[0] == "María")
    at = told.index(maria) + 5
    assert maria == ["María", "García", "Swain Food Pantry", "828 555 0101", "Sylva", f"=LEN(A{at})+LEN(B{at})"]
    assert "Jane" not in repr(told), "an example is an example"
    old, new = openpyxl.load_workbook(template)[SHEET], openpyxl.load_workbook(made)[SHEET]
    for row in (5, 6, 7):
        assert new.row_dimensions[row].height == 30
        assert [cell.fill.fgColor.rgb for cell in new[row]] == [old["A5"].fill.fgColor.rgb] * 6
        assert [cell.border.bottom.style for cell in new[row]] == ["thin"] * 6
    assert (new.freeze_panes, new.print_title_rows, new.page_setup.orientation) == ("A5", "$4:$4", "landscape")
    assert [str(each) for each in new.merged_cells.ranges] == ["A1:F1"]
    assert (new.tables["Contacts"].ref if table else new.auto_filter.ref) == "A4:F7"
    assert openpyxl.load_workbook(made).calculation.fullCalcOnLoad


@pytest.mark.usefixtures("book")
def test_no_text_of_ours_is_ever_a_formula(tmp_path: Path, filled: Callable[..., Path]) -> None:
    made = filled(simple(tmp_path / "own.xlsx", ["Full name", "Notes"], ["An example", "-"]))
    sheet = openpyxl.load_workbook(made)["Sheet"]
    [ana] = [cell for cell in sheet["A"] if cell.value == "=Ana Bird"]
    assert (ana.data_type, ana.quotePrefix) == ("s", True)


def test_days_and_figures_are_days_and_figures_and_lists_have_their_parts(
    laptop: Store, tmp_path: Path, filled: Callable[..., Path]
) -> None:
    with laptop.writing("make") as draft:
        draft.new(
            "events", {"name": "Fair", "starts": "2026-10-03T18:05:00-04:00", "languages": ["es"], "county": "37173"}
        )
        draft.new("events", {"name": "Later", "zip": "02139"})
    told = {
        "What": "name",
        "Day": "starts.day",
        "Time": "starts.time",
        "From": "starts",
        "ES": "languages=es",
        "Zip": "zip",
    }
    made = filled(simple(tmp_path / "own.xlsx", [*told, "Where"]), "events", {**told, "Where": "county"})
    [fair, later] = rows(made, "Sheet", 2)
    assert fair == [
        "Fair",
        datetime(2026, 10, 3),
        "18:05",
        datetime(2026, 10, 3, 18, 5),
        1,
        None,
        "Swain County, NC (37173)",
    ]
    assert later == ["Later", None, None, None, None, "02139", None]
    sheet = openpyxl.load_workbook(made)["Sheet"]
    assert sheet["B2"].is_date


def test_a_style_of_days_is_kept(laptop: Store, tmp_path: Path, filled: Callable[..., Path]) -> None:
    with laptop.writing("make") as draft:
        draft.new("events", {"name": "Fair", "starts": "2026-10-03T18:05:00-04:00"})
    template = simple(tmp_path / "own.xlsx", ["Event", "Date"], ["x", datetime(2020, 1, 1)])
    book = openpyxl.load_workbook(template)
    book.active["B2"].number_format = '[$-409]d "of" mmm yyyy'
    book.save(template)
    sheet = openpyxl.load_workbook(filled(template, "events"))["Sheet"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == (datetime(2026, 10, 3), '[$-409]d "of" mmm yyyy')


@pytest.mark.parametrize("many", [0, 3])
def test_formulas_that_reach_further_down_stay(
    laptop: Store, tmp_path: Path, filled: Callable[..., Path], many: int
) -> None:
    for number in range(many):
        with laptop.writing("make") as draft:
            draft.new("organizations", {"name": f"Partner {number}"})
    lines = [["Organization", "Length"], *([None, f"=LEN(A{row})"] for row in (2, 3))]
    told = rows(filled(simple(tmp_path / "own.xlsx", *lines), "organizations"), "Sheet", 2)
    assert [row[1] for row in told] == [f"=LEN(A{row})" for row in range(2, 2 + max(2, many))]
    assert [row[0] for row in told if row[0]] == [f"Partner {number}" for number in range(many)]


def test_it_is_kept_in_the_store_travels_and_is_logged(laptops: list[Store], tmp_path: Path) -> None:
    ada, ben = laptops
    address_book(ada)
    own = read_template(ada, own_template(tmp_path / "own.xlsx"), "people", TOLD)
    kept, _changes = save_export(ada, "Contacts", Wanted(language="es"), template=own)
    (tmp_path / "own.xlsx").unlink()
    ben.apply(all_changes(ada))
    account = export_named(ben, tmp_path / "filled.xlsx", kept)
    assert dict(account.rows) == {"people": 3}
    [left] = ben.list("exports")
    assert (left.values["form"], left.values["named"], left.values["rows"]) == ("template", kept, 3)
    assert [each.form for each in named_exports(ben)] == ["template"]


def test_the_rules_of_whom_it_is_for_hold(laptop: Store, book: dict[str, str], tmp_path: Path) -> None:
    code = laptop.get("organizations", book["pantry"]).code  # type: ignore[union-attr]
    partner = Wanted("partner", partner=code)
    for what in ("notes", "record", "nose"):
        path = simple(tmp_path / f"{what}.xlsx", ["Full name", "Column"])
        own = read_template(laptop, path, "people", {"Column": what})
        with pytest.raises(BadInput, match="“Column” cannot hold"):
            save_export(laptop, what, partner, template=own)
    own = read_template(laptop, own_template(tmp_path / "own.xlsx"), "people", {"Cell": "phones:mobile", "Born in": ""})
    for wanted in (Wanted("public"), Wanted("sensitive")):
        with pytest.raises(BadInput):
            save_export(laptop, "Ours", wanted, template=own)
    kept, _changes = save_export(laptop, "Ours", partner, template=own)
    export_named(laptop, tmp_path / "filled.xlsx", kept)
    assert [row[1] for row in rows(tmp_path / "filled.xlsx")] == ["García"]


def test_only_a_coordinator_gives_a_template(county: Department, tmp_path: Path) -> None:
    ben = county.joined("Ben")
    own = read_template(ben, own_template(tmp_path / "own.xlsx"), "people", TOLD)
    with pytest.raises(BadInput, match="coordinator"):
        save_export(ben, "Ours", Wanted(), template=own)


def test_the_columns_are_guessed_and_shown(laptop: Store, tmp_path: Path) -> None:
    seen = preview_template(laptop, own_template(tmp_path / "own.xlsx"))
    assert seen.headings == HEADINGS
    assert seen.columns.kind == "people"
    assert dict(seen.columns.holds)["Agency"] == "organization"
    assert "phones:mobile" in seen.choices["people"]
    assert "verbatim" in seen.choices["feedback"]
    with pytest.raises(BadInput, match="no heading “Nose”"):
        read_template(laptop, tmp_path / "own.xlsx", "people", {"Nose": "name"})
    nothing = simple(tmp_path / "none.xlsx", ["Foo", "Bar"])
    with pytest.raises(BadInput, match="none of its headings is known"):
        read_template(laptop, nothing, "people")


def total(sheet: Any) -> None:
    sheet["B9"] = "=SUM(B2:B8)"


def example_formula(sheet: Any) -> None:
    sheet["A2"] = "=B2"


def second_row(sheet: Any) -> None:
    sheet["A3"] = "Last year's"


def merged(sheet: Any) -> None:
    sheet.merge_cells("A5:B5")


@pytest.mark.parametrize(
    ("spoil", "place"), [(total, "B9"), (example_formula, "A2"), (second_row, "A3"), (merged, "A5:B5")]
)
def test_what_would_be_written_over_is_named(
    laptop: Store, tmp_path: Path, spoil: Callable[[Any], None], place: str
) -> None:
    path = simple(tmp_path / "own.xlsx", ["Organization", "Length"], ["Example"])
    book = openpyxl.load_workbook(path)
    spoil(book.active)
    book.save(path)
    with pytest.raises(BadInput, match=f"Cell {place} of the template"):
        read_template(laptop, path, "organizations")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/vbaProject.bin": b"x"}, "holds macros"),
        ({"xl/media/big.bin": bytes(range(256)) * 300_000}, "far more than a workbook holds|1 MB"),
        ({"xl/styles.xml": b"<styleSheet/>"}, "unusual|damaged"),
        ({"xl/styles.xml": b"<styleSheet>"}, "unusual|damaged"),
    ],
)
def test_a_hostile_template_is_refused_in_a_sentence(
    laptop: Store, tmp_path: Path, parts: dict[str, bytes], said: str
) -> None:
    path = own_template(tmp_path / "own.xlsx")
    added(path, parts)
    with pytest.raises(OutreachError, match=said):
        read_template(laptop, path, "people", TOLD)


def test_entities_are_not_read(laptop: Store, tmp_path: Path) -> None:
    path = own_template(tmp_path / "own.xlsx")
    sheet = parts_of(path)["xl/worksheets/sheet1.xml"]
    added(path, {"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>' + sheet})
    with pytest.raises(OutreachError, match=r"unusual|damaged|swell"):
        read_template(laptop, path, "people", TOLD)


def test_a_large_template_is_refused(laptop: Store, tmp_path: Path) -> None:
    path = own_template(tmp_path / "own.xlsx")
    import random

    added(path, {"xl/media/photo.jpg": random.Random(1).randbytes(LARGEST)})
    with pytest.raises(BadInput, match="1 MB at most"):
        read_template(laptop, path, "people", TOLD)
