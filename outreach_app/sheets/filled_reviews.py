"""A review workbook that comes back filled in: each line's decision, and by what it is found again.

A line is found by its code; where that column is gone, by the page that people do not see and what tells lines apart.
Lines may have been sorted, deleted or saved by another program.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.model.vocabularies import folded
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.hidden_pages import MALFORMED, PageError, read_page
from outreach_app.sheets.marks import REVIEW_TITLE
from outreach_app.sheets.openings import Grid, Opened
from outreach_app.sheets.reviews import ANSWERS, DECIDE, SAME
from outreach_app.texts import LANGUAGES, say

_TOP = 10  # rows among which the headings are
_DECISION, _WRITE, _CODE = "Decision", "Or write", "Code"
_TOLD_BY = 5  # columns that tell lines apart
_ALSO = {"x": "use", "1": "use"}


@dataclass(frozen=True, slots=True)
class ReviewCode:
    """What a line's code says: of which decision it is, what stood there, and of several values which."""

    place: str
    stood: str
    option: str = ""

    def __str__(self) -> str:
        return "-".join(each for each in (self.place, self.stood, self.option) if each)

    @classmethod
    def read(cls, text: str) -> "ReviewCode | None":
        """The code of a cell; None where it holds none."""
        parts = text.strip().upper().split("-")
        fits = len(parts) in (2, 3) and all(each.isalnum() for each in parts)
        return cls(*parts) if fits else None


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One line. ``code`` is None where nothing tells which decision it is of; ``answer`` one of ``ANSWERS``, "" where
    none was given; ``unread``: what was written in its place that is no answer. ``records``: the codes in sight."""

    sheet: str
    row: int
    code: ReviewCode | None
    answer: str = ""
    unread: str = ""
    typed: str = ""
    records: tuple[str, ...] = ()
    column: str = ""  # of which field, as it stands in sight
    said: str = ""  # the value in sight
    apart: bool = False  # its code left with other words than these


@dataclass(frozen=True)
class FilledReview:
    """``space``: whose it is, b"" where nothing says; ``damaged``: its own page is not as it was signed."""

    lines: Sequence[FilledLine]
    space: bytes = b""
    department: str = ""
    damaged: bool = False


def is_review(opened: Opened) -> bool:
    """Whether a workbook is a review, filled in or not."""
    return any(title.casefold().startswith(REVIEW_TITLE) for title in opened.titles) or any(
        _headed(opened.grid(title)) for title in opened.titles
    )


def read_review(opened: Opened) -> FilledReview:
    """Its lines, of both sheets."""
    header, damaged = _header(opened)
    told = _told(header)
    lines = [line for title in opened.titles for line in _lines(opened.grid(title), told)]
    space = header.get("space")
    known = space if isinstance(space, bytes) else b""
    return FilledReview(lines, known, str(header.get("department", "")), damaged)


def _header(opened: Opened) -> tuple[Mapping[str, Any], bool]:
    """What the page that people do not see says; and whether it is damaged."""
    titles = [title for title in opened.titles if title.casefold().startswith(REVIEW_TITLE)]
    if not titles:
        return {}, False
    try:
        return read_page([str(row[0]) for row in opened.grid(titles[0]).rows if row]).header, False
    except PageError:
        return {}, True


def _told(header: Mapping[str, Any]) -> Mapping[tuple[str, ...], str]:
    """The codes by what tells their lines apart; of lines that nothing does, none."""
    try:
        lines = [(tuple(map(str, line[:_TOLD_BY])), str(line[_TOLD_BY])) for line in header.get("lines", ())]
    except MALFORMED:
        return {}
    often = Counter(line for line, _code in lines)
    return {line: code for line, code in lines if often[line] == 1}


def _headed(grid: Grid) -> tuple[int, Mapping[str, int]] | None:
    """Which of a sheet's rows has the headings of a review, and by English heading the columns."""
    for at, row in enumerate(grid.rows[:_TOP]):
        found = {name: place for place, cell in enumerate(row) if (name := _HEADINGS.get(folded(canonical(cell))))}
        if _DECISION in found and ("What it says" in found or "Its code" in found):
            return at, found
    return None


def _lines(grid: Grid, told: Mapping[tuple[str, ...], str]) -> Iterator[FilledLine]:
    headed = _headed(grid)
    if headed is None:
        return
    at, places = headed
    beside = {code: line for line, code in told.items()}
    columns = SAME if "Its code" in places else DECIDE
    for offset, row in enumerate(grid.rows[at + 1 :], start=at + 1):

        def said(name: str, row: Sequence[Any] = row) -> str:
            place = places.get(name)
            return canonical(row[place]).strip() if place is not None and place < len(row) else ""

        seen = tuple(said(heading) for heading, _width in columns[:_TOLD_BY])
        if not any(seen) and not said(_CODE):
            continue
        answer, written = "", said(_DECISION)
        if written:
            answer = _ANSWERED.get(folded(written), "")
        own = said(_CODE)
        code = ReviewCode.read(own) or ReviewCode.read(told.get(seen, ""))
        records = (said("Record"),) if columns is DECIDE else (said("Its code"), said("Its code (2)"))
        unread = "" if answer else written
        row_number, left_with = grid.first_row + offset, beside.get(own, seen)
        apart = any(now and now != before for now, before in zip(seen, left_with, strict=True))
        seen_so = records, said("Column"), said("What it says"), apart
        yield FilledLine(grid.title, row_number, code, answer, unread, said(_WRITE), *seen_so)


_HEADINGS = {folded(say(heading, language)): heading for language in LANGUAGES for heading, _width in (*DECIDE, *SAME)}
_ANSWERED = {folded(say(word, language)): answer for language in LANGUAGES for answer, word in ANSWERS.items()} | _ALSO
