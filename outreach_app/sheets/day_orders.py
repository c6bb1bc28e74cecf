"""How each column of a sheet writes days with slashes: decided from all its cells, never from one; else it is asked."""

from collections.abc import Iterable, Iterator

from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Shape
from outreach_app.sheets.cells import Cell, canonical, cell_digest
from outreach_app.sheets.columns import RECORD
from outreach_app.sheets.left_books import LeftBook
from outreach_app.sheets.parsing import SLASHED, Order, day_of_slashes, order_of
from outreach_app.sheets.restoring import restored
from outreach_app.sheets.sheet_rows import SheetRows
from outreach_app.texts import _

_ORDERS = (Order.MONTH_FIRST, Order.DAY_FIRST)


class DayOrders:
    """Of one sheet. ``book``: the workbook as it left, which tells what untouched cells meant; ``days``: what a person
    says of columns that do not tell. ``found``: by field."""

    def __init__(self, rows: SheetRows, book: LeftBook | None, days: Order) -> None:
        self._rows, self._book = rows, book
        self._below = rows.grid.rows[rows.mapped.heading_row + 1 :]
        dated = [each for each in rows.fields if each.shape in (Shape.DATE, Shape.MOMENT) and rows.has(each.name)]
        self.found: dict[str, Order] = {}
        self._asked: list[str] = []
        for about in dated:
            doubtful = any(map(open_to_doubt, self._column(about.name)))
            order = self._as_untouched(about.name) if doubtful else None
            self.found[about.name] = order or order_or(self._column(about.name), days)
            if doubtful and self.found[about.name] is Order.UNKNOWN:
                self._asked.append(about.name)

    def questions(self) -> Iterator[str]:
        """What is to be asked of a person."""
        for name in self._asked:
            yield question(self._rows.grid.title, self._rows.heading(name))

    def _column(self, name: str) -> Iterator[Cell]:
        place = self._rows.mapped.places[name]
        return (row[place] for row in self._below)

    def _as_untouched(self, name: str) -> Order | None:
        """What the cells tell that nobody typed over: a program wrote them all alike."""
        known = self._book.by_code.get(self._rows.mapped.kind.name, {}) if self._book else {}
        if not known or not self._rows.has(RECORD):
            return None
        about = next(each for each in self._rows.fields if each.name == name)
        codes = (canonical(row[self._rows.mapped.places[RECORD]]) for row in self._below)
        told: set[Order] = set()
        for code, cell in zip(codes, self._column(name), strict=True):
            left = known.get(code)
            if left is not None and open_to_doubt(cell):
                digest = left.digests[left.sheet.place[name]]
                told |= {each for each in _ORDERS if digest in map(cell_digest, restored(about, cell, each))}
        return told.pop() if len(told) == 1 else None


def open_to_doubt(cell: Cell) -> bool:
    """Whether a cell holds a day of which month and day could be taken for each other."""
    slashed = SLASHED.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if slashed is None:
        return False
    try:
        day_of_slashes(slashed, Order.UNKNOWN)
    except BadInput:
        return slashed[1] != slashed[2] and max(int(slashed[1]), int(slashed[2])) <= 12
    return False


def order_or(cells: Iterable[Cell], days: Order) -> Order:
    """How a column writes days, by all its cells; ``days`` where they do not tell."""
    order = order_of(cells)
    return days if order is Order.UNKNOWN else order


def question(sheet: str, column: str) -> str:
    """What is asked of a column that does not tell."""
    return _(
        "{sheet}: {column}: nobody can tell whether the day or the month comes first. Say which, and read it again.",
        sheet=sheet,
        column=column,
    )
