"""The workbook that may be published: counts, and texts for sharing that may be shared. No names, no codes, no days."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from outreach_app.model.kinds import Registry
from outreach_app.sheets.books import PUBLIC, Table
from outreach_app.sheets.cells import Cell
from outreach_app.sheets.counts import THRESHOLD, Figures, Published, publishable, published_total, salt_of
from outreach_app.sheets.front_pages import WHAT_IS
from outreach_app.sheets.plain_books import PlainBook, write_plain
from outreach_app.sheets.profiles import Views, public_texts
from outreach_app.sheets.words import Words
from outreach_app.texts import say

TEXTS = "texts"  # the table of what may be shared; the others are counts
_MONTH = 30 * 24 * 3_600 * 1_000_000  # microseconds; the file says no closer when it was made


@dataclass(frozen=True)
class PublicBook:
    """``views``: events, sign_ins, feedback, themes, as they stand."""

    department: str
    made_at: int  # microseconds since 1970 UTC
    registry: Registry
    views: Views
    language: str = "en"
    words: Words = Words()  # noqa: RUF009 (it only caches)
    threshold: int = THRESHOLD


def write_public(target: Path | BinaryIO, book: PublicBook) -> dict[str, int]:
    """Write it whole, or nothing; the rows of each sheet. Raises NotWritable."""
    language = book.language

    counted = Figures(book.registry, book.views, book.words, language).tables()
    published = publishable(counted, salt_of(book.views), book.threshold)
    left_out = say("{most} or fewer, or left out to protect a smaller count", language, most=book.threshold)
    tables = [
        Table(
            each.counted.name,
            each.counted.title,
            (say("Group", language), say("How many", language)),
            (40, 24),
            _rows(each, left_out),
        )
        for each in published
        if each.groups is not None
    ]
    totals = {each.of: published_total(each.total, book.threshold) for each in counted}
    texts = [(text,) for text in public_texts(book.views.get("feedback", ()))]
    if totals["feedback"] is None:
        texts = []  # their number would say how few they are of
    tables.append(Table(TEXTS, say("In people's words", language), (say("Text", language),), (100,), texts))
    front: list[Sequence[Cell]] = [
        (say("What this is", language), say(WHAT_IS[PUBLIC], language)),
        (),
        (say("Together", language), ""),
    ]
    front += [(say(_TOTALS[of], language), _figure(total, left_out)) for of, total in totals.items()]
    front += [(each.counted.title, say("Too few to publish", language)) for each in published if each.groups is None]
    made_at = book.made_at // _MONTH * _MONTH
    write_plain(target, PlainBook(f"Outreach · {book.department}", book.department, made_at, language, front, tables))
    return {table.name: len(table.rows) for table in tables}


_TOTALS = {"events": "Events", "sign_ins": "Sign-ins", "feedback": "Feedback"}


def _rows(each: Published, left_out: str) -> list[Sequence[Cell]]:
    groups = sorted((each.groups or {}).items())
    return [(group, _figure(number, left_out)) for group, number in groups]


def _figure(number: int | None, left_out: str) -> Cell:
    return left_out if number is None else number
