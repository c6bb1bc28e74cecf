"""What a workbook that nobody here made may claim: no more than the colleagues' workbooks it was merged from.

Workbooks merged with no store are signed by a key that nobody knows. The pages they enclose are signed by their makers;
what those showed, and how far they had read, bounds what the merged one is believed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from outreach_app.journal.changes import Horizon, Stamped, WriteId
from outreach_app.sheets.hidden_pages import Page, PageError, read_enclosed
from outreach_app.sheets.left_books import LeftBook, left_book

Knows = Callable[[Mapping[str, Any]], bool]


def enclosed_books(enclosed: tuple[bytes, ...], space: bytes, knows: Knows) -> Iterator[LeftBook]:
    """The workbooks it was merged from, as they left; one not as it was signed, by a stranger or of another space says
    nothing."""
    for raw in enclosed:
        try:
            inside = read_enclosed(raw)
            if knows(inside.header) and inside.header["space"] == space:
                yield left_book(inside)
        except PageError:
            continue


@dataclass(frozen=True)
class Vouched:
    """How far colleagues had read, all together, and the writes their workbooks showed."""

    horizon: Horizon
    writes: frozenset[WriteId]

    def bounded(self, claimed: Horizon) -> Horizon:
        """Of what is claimed to have been known, what colleagues knew."""
        runs = {run: min(reached, self.horizon.runs.get(run, 0)) for run, reached in claimed.runs.items()}
        beyond = (each for each in claimed.beyond if each in self.writes or self.horizon.covers(each))
        return Horizon({run: reached for run, reached in runs.items() if reached}, frozenset(beyond))

    def believes(self, taught: Stamped) -> bool:
        """Whether a write may be taken: a colleague's workbook showed it, or it was typed over what one showed."""
        if taught.write.id.number:
            return taught.write.id in self.writes
        return all(each in self.writes or not each.number for each in taught.write.replaces)


def bounded_book(page: Page, knows: Knows) -> tuple[LeftBook | None, Vouched | None]:
    """A stranger's workbook as it left, believed as far as colleagues vouch for it; None where none of theirs is in it.
    Raises PageError."""
    vouched = vouched_for(page, knows)
    if vouched is None:
        return None, None
    book = left_book(page)
    book.horizon = vouched.bounded(book.horizon)
    book.heard = [vouched.bounded(each) for each in book.heard]
    return book, vouched


def vouched_for(page: Page, knows: Knows) -> Vouched | None:
    """What colleagues vouch for in a page; None where it encloses none of theirs."""
    books = list(enclosed_books(page.enclosed, bytes(page.header.get("space", b"")), knows))
    if not books:
        return None
    runs: dict[bytes, int] = {}
    beyond: set[WriteId] = set()
    writes: set[WriteId] = set()
    for book in books:
        for run, reached in book.horizon.runs.items():
            runs[run] = max(reached, runs.get(run, 0))
        beyond |= book.horizon.beyond
        for row in book.every_row():
            writes.update(*row.cells(row.said).values())
    return Vouched(Horizon(runs, frozenset(beyond)), frozenset(writes))
