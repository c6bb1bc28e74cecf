"""What the colleague does, one deed after the other: ``EDITS[name](page, a, b)``; the numbers say where, with what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from outreach_app.sheets.cells import canonical
from tests.clumsy.pages import NOTHING, Mark, Page

Edit = Callable[[Page, int, int], None]
TYPED = {
    "name": ("Zoe Quinn", "Maria del Carmen García", "Lou 7", "O’Neil Bird"),
    "street": ("1 New Rd", "“Old” Mill Rd; rear", "=A1"),
    "town": ("Almond", "Nantahala", "-Ela", "Topton"),
    "pronouns": ("she/her", "they"),
    "what": ("Bring posters", "Call again"),
    "who_does_it": ("Ben", "Cora Toineeta"),
}
DAYS = ("2027-02-13", "2027-02-27", "2026-10-31")
FORMS = ("%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y", "serial", "day")
PHONES = ("828 555 0177", "(828) 555-0178")
FIXED = ("_record", "_version")


def _row(page: Page, number: int) -> list[Mark]:
    return page.rows[number % len(page.rows)]


def _ours(page: Page, number: int) -> int:
    """A column of ours."""
    places = [at for at, name in enumerate(page.columns) if name and name not in FIXED and "=" not in name]
    return places[number % len(places)]


def _any(page: Page, number: int) -> int:
    return number % len(page.columns)


def sort_rows(page: Page, a: int, b: int) -> None:
    place = _any(page, a)
    page.rows.sort(key=lambda row: canonical(row[place].shows), reverse=bool(b % 2))


def sort_a_column_apart(page: Page, a: int, b: int) -> None:
    place = _any(page, a)
    cells = sorted((row[place] for row in page.rows), key=lambda mark: canonical(mark.shows), reverse=bool(b % 2))
    for row, mark in zip(page.rows, cells, strict=True):
        row[place] = mark
    page.apart = True


def copy_a_row_for_somebody_new(page: Page, a: int, b: int) -> None:
    copy = list(_row(page, a))
    page.rows.insert(b % (len(page.rows) + 1), copy)
    for column in ("name", "phones", "what", "due"):
        place = page.at(column)
        if place is not None:
            copy[place] = _typed(column, a)


def copy_a_row(page: Page, a: int, b: int) -> None:
    page.rows.insert(b % (len(page.rows) + 1), list(_row(page, a)))


def rename_a_heading(page: Page, a: int, b: int) -> None:
    place = _any(page, a)
    if page.columns[place] not in FIXED:
        page.heads[place] = ("Whatever", page.columns[place] or "Mine", "New column 7")[b % 3]


def blank_a_cell(page: Page, a: int, b: int) -> None:
    row = _row(page, a)
    filled = [at for at, name in enumerate(page.columns) if name and name not in FIXED and row[at].filled]
    if filled:
        row[filled[b % len(filled)]] = NOTHING


def type_over_a_cell(page: Page, a: int, b: int) -> None:
    places = [at for at, name in enumerate(page.columns) if name in {*TYPED, "zip", "phones", "due"}]
    place = places[b % len(places)]
    _row(page, a)[place] = _typed(page.columns[place], a + b)


def retype_a_day(page: Page, a: int, b: int) -> None:
    place = page.at("due")
    if place is not None:
        row = _row(page, a)
        if isinstance(row[place].shows, datetime | date):
            row[place] = replace(row[place], shows=_written(row[place].shows, b))


def _written(day: date | datetime, form: int) -> Any:
    form_of = FORMS[form % len(FORMS)]
    plain = date(day.year, day.month, day.day)
    if form_of == "serial":
        return plain.toordinal() - date(1899, 12, 30).toordinal()
    return plain if form_of == "day" else plain.strftime(form_of)


def delete_a_column(page: Page, a: int, _b: int) -> None:
    place = _any(page, a)
    if len(page.columns) > 8 and page.columns[place] not in ("name", "what"):
        for each in (page.columns, page.heads, *page.rows):
            del each[place]  # type: ignore[attr-defined]
        page.merged, page.comments = [], []


def move_a_column(page: Page, a: int, b: int) -> None:
    one, other = _any(page, a), _any(page, b)
    for each in (page.columns, page.heads, *page.rows):
        each.insert(other, each.pop(one))  # type: ignore[attr-defined]
    page.merged, page.comments = [], []


def add_a_column(page: Page, a: int, b: int) -> None:
    page.columns.append("")
    page.heads.append(("My own", "Shoe size")[a % 2])
    for number, row in enumerate(page.rows):
        row.append(Mark(f"mine {number}") if (number + b) % 3 else NOTHING)


def phone_becomes_a_number(page: Page, a: int, b: int) -> None:
    place = page.at("phones")
    if place is not None:
        lost = b % 4 == 0
        number = 8285550160 + b % 9
        shows: Any = "9.19E+09" if lost else number
        _row(page, a)[place] = Mark(shows, None, () if lost else ({"number": str(number)},), unreadable=lost)


def zip_becomes_a_number(page: Page, a: int, _b: int) -> None:
    place = page.at("zip")
    if place is not None:
        row = _row(page, a)
        if canonical(row[place].shows).isdecimal():
            row[place] = replace(row[place], shows=int(row[place].shows))


def delete_a_row(page: Page, a: int, _b: int) -> None:
    if len(page.rows) > 2:
        del page.rows[a % len(page.rows)]


def fill_down(page: Page, a: int, b: int) -> None:
    place, first = _any(page, b), a % len(page.rows)
    for row in page.rows[first : first + 3]:
        row[place] = page.rows[first][place]
    page.apart |= page.columns[place] in ("name", "phones", *FIXED)


def swap_two_names(page: Page, a: int, b: int) -> None:
    place = page.at("name")
    if place is not None:
        one, other = _row(page, a), _row(page, b)
        one[place], other[place] = other[place], one[place]
        page.apart = True


def write_a_new_row(page: Page, a: int, b: int) -> None:
    row = [NOTHING for _column in page.columns]
    for column in ("name", "town", "what", "due"):
        place = page.at(column)
        if place is not None:
            row[place] = _typed(column, a + b)
    page.rows.append(row)


def leave_stray_signs(page: Page, a: int, b: int) -> None:
    place = _ours(page, b)
    row = _row(page, a)
    if isinstance(row[place].shows, str):
        row[place] = replace(row[place], shows=f"\xa0{row[place].shows} ")


def leave_a_row_empty(page: Page, a: int, _b: int) -> None:
    page.rows.insert(a % (len(page.rows) + 1), [NOTHING for _column in page.columns])


def put_a_title_above(page: Page, a: int, _b: int) -> None:
    page.above.append([("People of November", "For the board")[a % 2]])


def comment_on_a_cell(page: Page, a: int, b: int) -> None:
    page.comments.append((a % len(page.rows), _any(page, b), f"said {a}"))


def merge_cells(page: Page, a: int, b: int) -> None:
    first = a % len(page.rows)
    last, place = min(first + 2, len(page.rows) - 1), _any(page, b)
    if last > first and not any(column == place for column, *_rows in page.merged):
        page.merged.append((place, first, last))


def break_a_formula(page: Page, a: int, b: int) -> None:
    place, row = _ours(page, b), _row(page, a)
    if row[place].filled:  # where nothing was, nothing is lost
        row[place] = Mark("#REF!", error=True, unreadable=True)


def _typed(column: str, number: int) -> Mark:
    if column == "due":
        day = DAYS[number % len(DAYS)]
        return Mark(_written(date.fromisoformat(day), number), None, (day,))
    if column == "zip":
        return Mark(2140 if number % 2 else "02140", None, ("02140",))
    if column == "phones":
        phone = PHONES[number % len(PHONES)]
        return Mark(phone, None, ({"number": phone},))
    text = TYPED[column][number % len(TYPED[column])]
    return Mark(text, None, (text,))


EDITS: dict[str, Edit] = {
    each.__name__: each
    for each in (
        sort_rows, sort_a_column_apart, copy_a_row_for_somebody_new, copy_a_row, rename_a_heading, blank_a_cell,
        type_over_a_cell, retype_a_day, delete_a_column, move_a_column, add_a_column, phone_becomes_a_number,
        zip_becomes_a_number, delete_a_row, fill_down, swap_two_names, write_a_new_row, leave_stray_signs,
        leave_a_row_empty, put_a_title_above, comment_on_a_cell, merge_cells, break_a_formula,
    )
}  # fmt: skip
