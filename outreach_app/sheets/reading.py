"""Reads back any workbook this program wrote, whatever people did to it. Nothing is taken in here; that is for verbs.

The hidden page, where it is there and as it was signed, says what each cell showed. Where it is lost, rows are of
unknown basis: that is never "it showed nothing".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from outreach_app.apart import Pause
from outreach_app.model.errors import BadInput, Damaged
from outreach_app.model.fields import Shape
from outreach_app.model.kinds import Registry
from outreach_app.model.vocabularies import folded
from outreach_app.sheets.books import PARTNER
from outreach_app.sheets.cells import canonical
from outreach_app.sheets.columns import RECORD, ROW, VERSION, layout
from outreach_app.sheets.csv_writing import meant
from outreach_app.sheets.filled_reviews import is_review
from outreach_app.sheets.headings import Headings, Mapped, checked_by_hand
from outreach_app.sheets.hidden_pages import RETURNED, PageError, read_page
from outreach_app.sheets.left_books import LeftBook, left_book
from outreach_app.sheets.marks import RETURN_TITLE, TITLE
from outreach_app.sheets.openings import Grid, Opened, content_of, open_csv, open_workbook
from outreach_app.sheets.parsing import Parsing
from outreach_app.sheets.reading_choices import AS_IT_IS, Choices
from outreach_app.sheets.readings import Basis, ReadBook, ReadRow
from outreach_app.sheets.renamed_columns import found_by_content
from outreach_app.sheets.sheet_readings import SheetReading
from outreach_app.sheets.sheet_rows import SheetRows
from outreach_app.sheets.tables import CSV_ENDINGS
from outreach_app.sheets.vouching import Vouched, bounded_book
from outreach_app.sheets.words import Resolve, Words
from outreach_app.texts import _

Row = TypeVar("Row")
_PACE = 200  # rows between two pauses


def paced(rows: Iterable[Row], pause: Pause) -> Iterator[Row]:
    """The rows, with a pause before every so many."""
    for place, row in enumerate(rows):
        if place % _PACE == 0:
            pause()
        yield row


class NotOurs(BadInput):
    """A workbook without a sheet of this program's."""


class ReviewCameBack(NotOurs):
    """A review workbook: its lines are decisions, not records."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(
            _("This is a review. Merge it together with the workbook it was made with, or into your store.")
        )
        self.opened = opened


def _nobody(_kind: str, _text: str) -> str | None:
    return None


def _anybody(_header: Mapping[str, Any]) -> bool:
    return True


def nobody_known(_header: Mapping[str, Any]) -> str:
    """Why a stranger's page is not believed."""
    return _("Nobody here knows who made this workbook; its rows were read without its own notes.")


def _opened(source: Path | BinaryIO | bytes, pause: Pause) -> Opened:
    if isinstance(source, Path) and source.suffix.lower() in CSV_ENDINGS:
        return open_csv(source, pause)
    return open_workbook(content_of(source), pause)


def says_it_is_ours(source: Path | BinaryIO | bytes) -> bool:
    """Whether a workbook has the hidden page or the mark of an export. Raises NotFound, BadInput or Damaged."""
    opened = open_workbook(content_of(source))
    return bool(opened.export) or any(title.casefold().startswith(TITLE) for title in opened.titles)


@dataclass
class Reader:
    """Reads workbooks, one after the other.

    ``resolve`` finds records that a workbook itself does not know. ``knows`` tells by the header of a page
    whether a colleague signed it: what a stranger signed is not trusted, and ``doubt`` says why. ``choices``: what a
    person says of how the files are to be read.
    """

    registry: Registry
    words: Words = field(default_factory=Words)
    resolve: Resolve = _nobody
    knows: Callable[[Mapping[str, Any]], bool] = _anybody
    doubt: Callable[[Mapping[str, Any]], str] = nobody_known
    choices: Choices = AS_IT_IS

    @cached_property
    def headings(self) -> Headings:
        """The headings of every kind, in every language."""
        return Headings(self.registry, self.words)

    def read(self, source: Path | BinaryIO | bytes, pause: Pause = lambda: None) -> ReadBook:
        """Read one workbook. Raises NotFound, BadInput or Damaged, with a sentence. ``pause`` is called before each
        sheet; what it raises ends the reading."""
        opened = _opened(source, pause)
        pause()
        if is_review(opened):
            raise ReviewCameBack(opened)
        reading = _Reading(self, opened, *self._left(opened), pause)
        if opened.found:
            reading.remarks.append(_("Its encoding, and what parts its cells: {found}", found=opened.found))
        return reading.read()

    def sheet_of(self, path: Path) -> str:
        """The kind whose sheet a CSV file holds, by its headings and the codes of its records; "" for another table's.
        Raises NotFound, BadInput or Damaged."""
        (grid,) = open_csv(path).grids.values()
        mapped = self.headings.mapped(grid, {})
        ours = mapped is not None and RECORD in mapped.places and title_fits(mapped)
        return mapped.kind.name if ours and mapped is not None else ""

    def _left(self, opened: Opened) -> tuple[LeftBook | None, Vouched | None, list[str]]:
        """The workbook as it left, and of a stranger's what colleagues vouch for; None, and a remark, where its page is
        missing, not as signed, or by a stranger for whom nobody does."""
        titles = [title for title in opened.titles if title.casefold().startswith(TITLE)]
        if not titles:
            return None, None, []
        returned = titles[0].casefold().startswith(RETURN_TITLE)
        strings = [str(row[0]) for row in opened.grid(titles[0]).rows if row]
        try:
            page = read_page(strings)
            if self.knows(page.header):
                return left_book(page), None, []
            if returned or page.header.get(RETURNED):
                raise BadInput(
                    _(
                        "Nobody whom this laptop knows made this return file. If you only looked at it, merge it: it "
                        "tells who made it. Else sync first, or ask another coordinator for one."
                    )
                )
            book, vouched = bounded_book(page, self.knows)
        except PageError:
            if returned:
                raise Damaged(
                    _("This return file is damaged, or somebody changed what it is proven by. Please ask for it again.")
                ) from None
            words = _("This workbook's own notes of what it showed are damaged; its rows were read without them.")
            return None, None, [words]
        return book, vouched, [] if book else [self.doubt(page.header)]


def read_workbook(
    source: Path | BinaryIO | bytes, registry: Registry, words: Words | None = None, resolve: Resolve = _nobody
) -> ReadBook:
    """Read one workbook (see :class:`Reader`)."""
    return Reader(registry, words or Words(), resolve).read(source)


@dataclass
class _Reading:
    """One workbook in the reading."""

    reader: Reader
    opened: Opened
    book: LeftBook | None
    vouched: Vouched | None
    remarks: list[str]
    pause: Pause

    def __post_init__(self) -> None:
        told, choices = (self.book.told_headings() if self.book else {}), self.reader.choices
        only_looked_at = self.book.page.header.get("only looked at", ()) if self.book else ()
        by_hand = {folded(heading): name for heading, name in choices.told.items()}
        self.sheets: list[tuple[Grid, Mapped]] = []
        for title in self.opened.titles:
            if title.casefold().startswith(TITLE) or title in only_looked_at:
                continue
            grid = self.opened.grid(title).filled_down() if choices.fill else self.opened.grid(title)
            mapped = self.reader.headings.mapped(grid, told, by_hand)
            if mapped is not None and ({RECORD, ROW} & mapped.places.keys() or title_fits(mapped)):
                self.sheets.append((grid, found_by_content(grid, mapped, self.book) if self.book else mapped))

    def read(self) -> ReadBook:
        if not self.sheets:
            raise NotOurs(_("This workbook has no sheet that Outreach can merge. Check that it is the internal one."))
        self.remarks += checked_by_hand(self.reader.choices.told, self.sheets)
        header = self.book.page.header if self.book else {}
        self.export: bytes = header.get("export", b"") or self.opened.export
        self.language = str(header["language"]) if "language" in header else self._language()
        parsing = Parsing(self.reader.words, self.language, self._resolve)
        rows: list[ReadRow] = []
        for grid, mapped in self.sheets:
            self.pause()
            sheet = self._sheet_rows(grid, mapped)
            reading = SheetReading(sheet, self.book, parsing, self.export, self.reader.choices)
            rows += reading.read_all()
            self.remarks += reading.remarks
            if sheet.added:
                columns = ", ".join(map(sheet.heading, sheet.added))
                words = {"sheet": grid.title, "columns": columns}
                self.remarks.append(_("{sheet}: not taken, for this workbook left without it: {columns}", **words))
            if mapped.unknown and not reading.margin.keeps_columns:
                columns = ", ".join(mapped.unknown.values())
                self.remarks.append(
                    _(
                        "{sheet}: not taken, for it is no column of Outreach: {columns}",
                        sheet=grid.title,
                        columns=columns,
                    )
                )
        return self._made(rows)

    def _sheet_rows(self, grid: Grid, mapped: Mapped) -> SheetRows:
        left = self.book.sheets.get(mapped.kind.name) if self.book else None
        if left:
            return SheetRows(self.opened, grid, mapped, left.fields, list(left.headings.values()))
        if VERSION not in mapped.places:  # it was a CSV file, which has our codes alone
            grid = replace(grid, rows=[[meant(cell) for cell in row] for row in grid.rows])
        columns = layout(mapped.kind, self.reader.words, self.language).columns
        content = [each.name for each in columns if each.field and (each.is_value or each.name in mapped.places)]
        return SheetRows(self.opened, grid, mapped, mapped.kind.fields, content)

    def _made(self, rows: list[ReadRow]) -> ReadBook:
        if self.book is None:
            marked = any(ROW in mapped.places and RECORD not in mapped.places for _grid, mapped in self.sheets)
            profile = PARTNER if marked else ""
            return ReadBook(
                self.export, None, rows, profile=profile, language=self.language, remarks=tuple(self.remarks)
            )
        header, trailer = self.book.page.header, self.book.page.trailer
        unseen = [
            ReadRow(left.sheet.kind, left.sheet.title, 0, left.id, Basis.LEFT, left.code, left=left)
            for left in self.book.unseen
        ]
        return ReadBook(
            self.export,
            bytes(header["key"]),
            rows,
            unseen,
            self.book.horizon,
            int(header["made_at"]),
            str(header["made_by"]),
            str(header["department"]),
            bytes(header["space"]),
            str(header["profile"]),
            self.language,
            str(trailer["receipt"]),
            dict(trailer["counts"]),
            tuple(self.remarks),
            self.book.page.whole,
            self.book.page.enclosed,
            self.vouched,
            header.get(RETURNED),
            self.book.heard,
        )

    def _language(self) -> str:
        """The language whose labels head most columns, where the page does not say."""
        heads = {canonical(cell) for grid, mapped in self.sheets for cell in grid.rows[mapped.heading_row]}
        kinds = [mapped.kind for _grid, mapped in self.sheets]

        def known(language: str) -> int:
            return sum(
                1
                for kind in kinds
                for each in layout(kind, self.reader.words, language).columns
                if each.heading in heads
            )

        return max(self.reader.words.languages, key=known)

    def _resolve(self, kind: str, text: str) -> str | None:
        """The record that a cell names: of this workbook by code or title, else as the caller knows it."""
        left = self.book.by_code.get(kind, {}).get(text) if self.book else None
        if left is not None:
            return left.id
        named = self._titles.get(kind, {}).get(folded(text), "")
        return named or self.reader.resolve(kind, text)

    @cached_property
    def _titles(self) -> Mapping[str, Mapping[str, str | None]]:
        """Ids by what the rows of this workbook are called, for kinds called by one text; None where two share it."""
        found: dict[str, dict[str, str | None]] = {}
        for grid, mapped in self.sheets:
            title = mapped.kind.field(mapped.kind.about.title[0]) if len(mapped.kind.about.title) == 1 else None
            if (
                not self.book
                or not title
                or title.shape is not Shape.TEXT
                or not {title.name, RECORD} <= set(mapped.places)
            ):
                continue
            names = found.setdefault(mapped.kind.name, {})
            for row in grid.rows[mapped.heading_row + 1 :]:
                left = self.book.by_code.get(mapped.kind.name, {}).get(canonical(row[mapped.places[RECORD]]))
                name = folded(canonical(row[mapped.places[title.name]]))
                if left and name:
                    names[name] = None if names.get(name, left.id) != left.id else left.id
        return found


def title_fits(mapped: Mapped) -> bool:
    """Whether a sheet without codes is still one of ours: most of its kind's columns are there."""
    return len(mapped.places) * 2 >= len(mapped.kind.fields)
