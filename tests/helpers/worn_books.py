"""A small store whose workbooks people wear out, and what they do to them with openpyxl or by hand."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import make_record
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.store.stores import Store

Edit = Callable[[Any], None]
PEOPLE = ("Ada Crowe", "Ben Oxendine", "Cora Toineeta", "Dot Ellis", "José Álvarez", "Flo Gunn")
TOWNS = ("Alarka", "Cherokee", "Murphy", "Sylva", "Bryson City", "Robbinsville")
DUE = ("2026-03-04", "2026-04-03", "2026-05-06", "2026-12-25")


def filled(store: Store) -> dict[str, str]:
    """Fill a store; the ids of its people by name."""
    event, _changes = make_record(store, "events", {"name": "Health fair", "starts": "2026-11-21T10:00:00-05:00"})
    made = {}
    for place, name in enumerate(PEOPLE):
        values = {
            "name": name,
            "phones": [{"number": f"828 555 01{place:02}", "kind": "mobile"}],
            "emails": [f"p{place}@x.example"],
            "town": TOWNS[place],
            "state": "NC",
            "zip": "02139" if place % 2 else "28713",
            "county": "37173",
            "street": f"{place} Main St",
            "preferred_language": "es" if place == 4 else "en",
            "notes": f"Met {place}",
        }
        made[name], _changes = make_record(store, "people", values)
        make_record(store, "sign_ins", {"event": event, "person": made[name], "name_as_written": name})
    for place, day in enumerate(DUE):
        make_record(store, "follow_ups", {"what": f"Call mañana {place}", "due": day})
    return made


def book_of(store: Store, path: Path, language: str = "en") -> Path:
    """The store's workbook."""
    export_workbook(store, path, language=language)
    return path


def worn(source: Path, target: Path, edit: Edit) -> Path:
    """A workbook after somebody did something to it."""
    book = openpyxl.load_workbook(source)
    edit(book)
    book.save(target)
    return target


def table(sheet: Any) -> list[list[Any]]:
    """A sheet's rows, the headings first."""
    return [[cell.value for cell in row] for row in sheet]


def put(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Put rows in the place of a sheet's own. A text stays a text, whatever it begins with."""
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(list(row))
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


def cell(sheet: Any, heading: str, row: int) -> Any:
    """The cell of a row (2 is the first below the headings) under a heading."""
    return sheet.cell(row, [each.value for each in sheet[1]].index(heading) + 1)


def came(store: Store, path: Path, choices: Choices = AS_IT_IS, dry_run: bool = False) -> FileAccount:
    """The account of one file that was taken in."""
    (account,) = import_path(store, path, choices=choices, dry_run=dry_run).files
    assert account.error is None, account.error
    return account


def counts(account: FileAccount, kind: str = "people") -> dict[str, int]:
    """What became of the rows of a kind: what is nought is left out."""
    return {name: number for name, number in account.rows[kind].to_json().items() if number and name != "read"}


def shown(store: Store, person: str, field: str) -> Any:
    """What a field of a record shows, of a list its elements."""
    view = store.get("people", person)
    assert view is not None
    value = view.values[field]
    return [each["value"] for each in value] if isinstance(value, list) else value


def rezipped(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook whose parts somebody changed by hand."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in before.namelist():
            made.writestr(name, change(name, before.read(name)))
    return target


class Desk:
    """A store, its workbook, and what becomes of that."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.ids = filled(store)
        self.book = book_of(store, folder / "book.xlsx")

    def worn(self, edit: Edit) -> Path:
        return worn(self.book, self.folder / "worn.xlsx", edit)

    def after(self, edit: Edit, choices: Choices = AS_IT_IS) -> FileAccount:
        return came(self.store, self.worn(edit), choices)

    def shown(self, name: str, field: str) -> Any:
        return shown(self.store, self.ids[name], field)


def people_rows(change: Any) -> Edit:
    """Change the rows of the people's sheet: ``change(head, rows)`` gives them anew, the headings first."""

    def edit(book: Any) -> None:
        head, *rows = table(book["People"])
        put(book["People"], change(head, rows))

    return edit


def typed(heading: str, value: Any, row: int = 2, sheet: str = "People") -> Edit:
    def edit(book: Any) -> None:
        cell(book[sheet], heading, row).value = value

    return edit


def both(one: Edit, other: Edit) -> Edit:
    def edit(book: Any) -> None:
        one(book)
        other(book)

    return edit
