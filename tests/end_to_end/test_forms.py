"""The department's workbook through every form that LibreOffice saves, and back: no row comes back otherwise than it
left, and what each form loses is what the help says."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from outreach_app.help_pages import help_page
from outreach_app.operations.importing import import_paths
from outreach_app.operations.spaces import keys_of, open_store
from outreach_app.sheets.accounts import Account
from outreach_app.sheets.openings import open_workbook
from outreach_app.sheets.reading import Reader
from outreach_app.store.stores import Store
from outreach_app.texts import LANGUAGES
from tests.end_to_end.conftest import Demo
from tests.helpers.office_programs import needs_office, saved_as
from tests.helpers.programs import contents

pytestmark = needs_office

FORMS = ("xlsx", "ods", "xls", "csv")
NO_DATA = {"Read me", "Summary", "Data dictionary", "_outreach"}
ANYWHERE = {"people", "organizations", "events"}  # kinds that are taken in without a code that is known
NOT_HERE = "Its code says nothing here, so nobody can tell whose row it is."
LOSSES = {
    "apart": ("Each sheet becomes a file of its own.", "Cada hoja se vuelve un archivo aparte."),
    "frozen": ("The headings no longer stay in view.", "Los encabezados ya no quedan a la vista."),
    "tables": ("Sheets are no tables any more.", "Las hojas ya no son tablas."),
    "mark": ("The mark that says which export it was.", "La marca que dice de qué exportación era."),
    "lists": ("Lists of choices.", "Las listas de opciones."),
    "rows": ("Rows beyond the 65,536th.", "Las filas más allá de la 65,536."),
    "notes": ("What each cell showed when it left", "Lo que cada celda mostraba al salir"),
}

Saved = Callable[[str], Path]


@pytest.fixture(scope="module")
def saved(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """The department's workbook in a form, saved once."""
    made: dict[str, Path] = {}
    source = demo.folder / "exports" / "internal-en.xlsx"

    def save(form: str) -> Path:
        if form not in made:
            made[form] = saved_as(source, form, tmp_path_factory.mktemp("forms") / form)
        return made[form]

    return save


@pytest.fixture
def office(demo: Demo, tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(demo.copy("coordinator", tmp_path), "demo")) as store:
        yield store


def files_of(saved: Path) -> Sequence[Path]:
    if saved.is_file():
        return [saved]
    return [path for path in sorted(saved.iterdir()) if path.stem.rpartition("-")[2] not in NO_DATA]


def taken(store: Store, saved: Path) -> Account:
    account = import_paths(store, files_of(saved))
    assert account.failed == []
    return account


@pytest.mark.parametrize("form", FORMS)
def test_every_row_comes_back_the_same(office: Store, saved: Saved, form: str) -> None:
    assert office.folder is not None
    before = contents(office.folder)
    account = taken(office, saved(form))
    assert {kind: rows.to_json() for kind, rows in account.total.items() if rows.same != rows.read} == {}
    assert set(account.total) == {name for name, rows in account.total.items() if rows.read}
    assert sum(rows.read for rows in account.total.values()) > 3_500
    assert account.change is None
    assert contents(office.folder) == before


@pytest.fixture(scope="module")
def merged(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Who took in the merged workbook as it was made. No test of this file changes what it holds."""
    with (
        closing(Store.in_memory(worker="Ben Squirrel", department="", keys_of=keys_of)) as store,
        closing(open_store(demo.copy("coordinator", tmp_path_factory.mktemp("office")), "demo")) as office,
    ):
        store.enter_space(office.space)
        assert import_paths(store, [demo.folder / "master.xlsx"]).failed == []
        yield store


@pytest.mark.parametrize("form", FORMS)
def test_the_merged_workbook_comes_back_the_same(merged: Store, demo: Demo, tmp_path: Path, form: str) -> None:
    saved = saved_as(demo.folder / "master.xlsx", form, tmp_path / form)
    account = taken(merged, saved)
    assert {kind: rows.to_json() for kind, rows in account.total.items() if rows.same != rows.read} == {}
    assert sum(rows.read for rows in account.total.values()) > 3_500
    assert account.change is None


@pytest.mark.parametrize("form", FORMS)
def test_a_laptop_that_knew_nothing_shows_the_same(office: Store, saved: Saved, form: str) -> None:
    fresh = Store.in_memory(worker="Ben Squirrel", department="", keys_of=keys_of)
    with closing(fresh):
        fresh.enter_space(office.space)
        account = taken(fresh, saved(form))
        aside = Counter(each.reason for file in account.files for each in file.set_aside)
        if form == "csv":  # its rows are of laptops that this one has never heard of; nobody could tell whose they are
            assert {kind for kind, rows in account.total.items() if rows.new} == ANYWHERE
            assert set(aside) == {NOT_HERE}
            assert {kind for kind, rows in account.total.items() if rows.same} == {"themes"}  # every laptop begins with
            assert not any(rows.changed for rows in account.total.values())
            return
        assert aside == {}
        for kind, rows in account.total.items():
            assert rows.read == rows.new + rows.same > 0  # what every laptop begins with is the same
            here = {view.id: view.values for view in fresh.list(kind)}
            there = {view.id: view.values for view in office.list(kind)}
            told = {record: told_of(fresh, kind, values) for record, values in here.items()}
            assert told == {record: told_of(fresh, kind, there[record]) for record in told}


def told_of(store: Store, kind: str, values: Any) -> dict[str, Any]:
    """What a workbook tells of a record: all but what is sensitive."""
    fields = [each for each in store.registry[kind].fields if each.privacy.value != "sensitive"]
    return {each.name: values.get(each.name) for each in fields}


def test_what_is_typed_into_a_csv_waits_to_be_decided(office: Store, saved: Saved, tmp_path: Path) -> None:
    sheet = next(path for path in files_of(saved("csv")) if path.stem.endswith("-Follow-ups"))
    decisions = sum(office.decision_counts().values())
    head, first, *rest = csv.reader(sheet.read_text("utf-8").splitlines())
    first[head.index("What")] = "Bring the posters"
    with (tmp_path / "typed.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, first, *rest])
    rows = taken(office, tmp_path / "typed.csv").total["follow_ups"]
    assert (rows.changed, rows.same) == (1, rows.read - 1)
    assert sum(office.decision_counts().values()) == decisions + 1


def lost_in(form: str, store: Store, saved: Saved, folder: Path, long: Path) -> set[str]:
    """What a form loses, as it is found."""
    path, lost = saved(form), set[str]()
    if form == "csv":
        with_commas = [each for each in path.iterdir() if b"\0" not in each.read_bytes()]
        return {"apart", "frozen", "tables", "mark", "lists", "notes"} if len(with_commas) > 1 else set()
    book = openpyxl.load_workbook(path if form == "xlsx" else saved_as(path, "xlsx", folder))
    sheet = book["People"]
    lost |= {"frozen"} if sheet.freeze_panes is None else set()
    lost |= set() if sheet.tables else {"tables"}
    lost |= set() if any(each.type == "list" for each in sheet.data_validations.dataValidation) else {"lists"}
    lost |= set() if open_workbook(path.read_bytes()).export else {"mark"}
    lost |= set() if Reader(store.registry).read(path).signer else {"notes"}
    rows = open_workbook(saved_as(long, form, folder / "long").read_bytes()).grid("long").rows
    return lost | ({"rows"} if len(rows) < LONG else set())


LONG = 65_600


@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_loses_is_what_the_help_says(office: Store, saved: Saved, form: str, tmp_path: Path) -> None:
    long = openpyxl.Workbook(write_only=True)
    sheet = long.create_sheet("long")
    for number in range(LONG):
        sheet.append([number])
    (tmp_path / "source").mkdir()
    long.save(tmp_path / "source" / "long.xlsx")
    found = lost_in(form, office, saved, tmp_path, tmp_path / "source" / "long.xlsx")
    for language, place in zip(LANGUAGES, (0, 1), strict=True):
        section = re.split(r"^### ", help_page("workbooks", language), flags=re.MULTILINE)
        own = next(each for each in section if each.startswith(f"{form},"))
        said = re.findall(r"^- (.+)$", own, flags=re.MULTILINE)
        known = {code: texts[place] for code, texts in LOSSES.items()}
        assert {next(code for code, text in known.items() if line.startswith(text)) for line in said} == found
