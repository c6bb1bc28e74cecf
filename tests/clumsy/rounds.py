"""One round: a workbook is made, mailed, worn by the colleague, and merged; somebody edited here meanwhile."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.comments import Comment

from outreach_app.model.vocabularies import folded
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.records import edit_record
from outreach_app.sheets.accounts import FileAccount
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.columns import known_headings
from outreach_app.sheets.words import Words
from outreach_app.store.stores import Store
from tests.clumsy.edits import EDITS
from tests.clumsy.oracle import Wrong, _visible, judge, known
from tests.clumsy.pages import Mark, Page
from tests.helpers.worn_books import filled

SHEETS = {"People": "people", "Follow-ups": "follow_ups"}


class Deed(NamedTuple):
    """One edit: which, on which sheet, where and with what."""

    name: str
    sheet: str
    a: int
    b: int


def deeds(rng: random.Random, count: int) -> list[Deed]:
    """So many edits."""
    sheets = ["People", "People", "People", "Follow-ups"]
    return [
        Deed(rng.choice(list(EDITS)), rng.choice(sheets), rng.randrange(100), rng.randrange(100))
        for _each in range(count)
    ]


def play(store: Store, folder: Path, done: Sequence[Deed], meanwhile: int = 0) -> FileAccount:
    """Play one round in a store. Raises Wrong."""
    path = folder / "book.xlsx"
    export_workbook(store, path)
    book = openpyxl.load_workbook(path)
    pages = [_page(store, book[title], kind) for title, kind in SHEETS.items()]
    for deed in done:
        page = next(page for page in pages if page.title == deed.sheet)
        EDITS[deed.name](page, deed.a, deed.b)
    for page in pages:
        _write(book[page.title], page)
    book.save(path)
    if meanwhile:
        people = store.list("people")
        edit_record(store, "people", people[meanwhile % len(people)].id, {"town": f"Meanwhile {meanwhile}"})
    pages = [_visible(page) for page in pages]
    before = known(store)
    (account,) = import_path(store, path).files
    after = known(store)
    judge(store, pages, account, before, after)
    (again,) = import_path(store, path).files
    if any(rows.new or rows.changed for rows in again.rows.values()) or known(store) != after:
        raise Wrong("the same file again changed something")
    return account


def _page(store: Store, sheet: Any, kind: str) -> Page:
    names = known_headings(store.registry[kind], Words())
    head, *rows = [[cell.value for cell in row] for row in sheet]
    columns = [names[folded(str(heading))] for heading in head]
    code = columns.index("_record")
    marks = [[Mark(value, (row[code], name)) for name, value in zip(columns, row, strict=True)] for row in rows]
    return Page(sheet.title, kind, columns, head, marks)


def _write(sheet: Any, page: Page) -> None:
    sheet.delete_rows(1, sheet.max_row)
    for line in (*page.above, page.heads):
        sheet.append(line)
    for row in page.rows:
        sheet.append([mark.shows for mark in row])
        for cell, mark in zip(sheet[sheet.max_row], row, strict=False):
            cell.data_type = "e" if mark.error else "s" if isinstance(mark.shows, str) else cell.data_type
        if not any(canonical(mark.shows) for mark in row):
            sheet._current_row += 1 if sheet.max_row < len(page.above) + 1 else 0
    first = len(page.above) + 2
    for place, top, bottom in page.merged:
        sheet.merge_cells(start_row=first + top, end_row=first + bottom, start_column=place + 1, end_column=place + 1)
    for row, place, words in page.comments:
        if row < len(page.rows) and place < len(page.columns):
            cell = sheet.cell(first + row, place + 1)
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.comment = Comment(words, "Ada Crowe")


def begun(store: Store) -> None:
    """Fill a store."""
    filled(store)
