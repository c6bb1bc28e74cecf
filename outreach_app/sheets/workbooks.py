"""Writes a workbook: openpyxl makes the frame, the rows are streamed into it. No temporary file holds any of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, Any, BinaryIO

from outreach_app.model.identifiers import id_bytes
from outreach_app.sheets.bases import Tables, pack_row
from outreach_app.sheets.begun_rows import BegunRows
from outreach_app.sheets.books import PARTNER, Book, Exported, KindRows, Receipt, Written
from outreach_app.sheets.cells import Cell, canonical_row, row_digest, row_texts
from outreach_app.sheets.columns import RECORD, ROW, VERSION, Layout, fitted, layout, sheet_title
from outreach_app.sheets.dictionaries import WIDTHS, Dictionary, dictionary
from outreach_app.sheets.front_pages import WIDTHS as FRONT_WIDTHS
from outreach_app.sheets.front_pages import front_page, title
from outreach_app.sheets.hidden_pages import FORMAT, RETURNED, PageWriter
from outreach_app.sheets.marks import RECEIPT_PLACE, RETURN_TITLE, TITLE, mark_of, row_mark, version_text
from outreach_app.sheets.part_rows import RowWriter, Styles
from outreach_app.sheets.plain_books import PlainSheet
from outreach_app.sheets.showing import Showing
from outreach_app.sheets.streams import Line, Part, Stream, stream
from outreach_app.sheets.words import Named, NameOf
from outreach_app.store.exported import BegunRecord
from outreach_app.store.sweeps import unswept
from outreach_app.texts import say

if TYPE_CHECKING:
    from outreach_app.sheets.frames import Frame

_PEEKED = 100  # rows that decide a column's width
_ALWAYS = ("phone_kinds", "address_kinds")


def write_workbook(target: Path | BinaryIO, book: Book) -> Written:
    """Write an internal or a partner's workbook whole, or nothing. Raises NotWritable."""
    made = _Writing(book)
    with unswept():
        size = made.write(target)
    return Written(made.receipt, made.row_marks, size)


@dataclass
class _Sheet:
    """One kind's sheet in the making."""

    number: int  # among the book's kinds
    kind: KindRows
    layout: Layout
    records: Iterator[Exported]
    styles: Styles = ()

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The declared fields that it does not carry; what only a newer program declares is carried unseen."""
        return frozenset(each.name for each in self.kind.kind.fields) - {each.name for each in self.layout.fields}


@dataclass
class _Writing:
    """One workbook in the making."""

    book: Book
    row_marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    receipt: Receipt = field(default_factory=lambda: Receipt({}, ""))

    def __post_init__(self) -> None:
        book = self.book
        self.for_partner = book.profile == PARTNER
        name_of = _without_codes(book.name_of) if self.for_partner else book.name_of
        self.showing = Showing(book.words, book.language, name_of)
        self.tables = Tables()
        self.counts: dict[str, int] = {}
        self.digest = blake2b(digest_size=16)
        self.export_mark = mark_of(book.export)
        self.sheets = [self._sheet(number, kind) for number, kind in enumerate(book.kinds)]

    def _sheet(self, number: int, kind: KindRows) -> _Sheet:
        identities = (ROW,) if self.for_partner else (RECORD, VERSION)
        made = layout(kind.kind, self.book.words, self.book.language, kind.fields, identities, kind.used)
        records = iter(kind.records)
        if self.for_partner:
            shuffled = list(records)
            random.SystemRandom().shuffle(shuffled)
            records = iter(shuffled)
        first = list(islice(records, _PEEKED))
        rows = [self._cells(made, each) for each in first if each.view.shown]
        return _Sheet(number, kind, replace(made, columns=fitted(made.columns, rows)), chain(first, records))

    def write(self, target: Path | BinaryIO) -> int:
        """Write it all; the workbook's size in bytes."""
        from outreach_app.sheets import frames

        language = self.book.language
        shown = [sheet for sheet in self.sheets if sheet.kind.visible]
        layouts = [sheet.layout for sheet in shown]
        told = dictionary(layouts, self.book.words, language)
        frame = frames.Frame()
        front = say("Read me", language)
        front_styles = self._front_sheet(frame, front)
        if self.book.summary:
            summary = say("Summary", language)
            frames.summary_sheet(frame, summary, self.book.summary, language, self.book.department)
        tables = [PlainSheet(frame, each, language, self.book.department) for each in self.book.tables]
        for sheet in shown:
            sheet.styles = frames.kind_sheet(frame, sheet.layout, told, self.book.language, self.book.department)
        told_styles = self._dictionary_sheet(frame, told)
        hidden = RETURN_TITLE if self.book.returned else TITLE
        if not self.for_partner:
            frames.hidden_sheet(frame, hidden)
        frames.describe(frame, self.book)

        def fill(out: Stream) -> None:
            self.page = PageWriter(self._header(), language, out.beside)
            for sheet in self.sheets:
                self._stream_kind(sheet, out)
            for table in tables:
                table.write(out)
            self.receipt = Receipt(self.counts, mark_of(self.digest.digest()))
            out.text(front, front_page(self.book, layouts, self.receipt), front_styles, 2)
            out.text(told.title, told.lines(), told_styles, 1)
            if not self.for_partner:
                strings = self.page.close(self._trailer(), self.book.enclosed, self.book.signer)
                out.text(hidden, (Line((string,)) for string in strings), [[(0, 0)]], 1, dense=True)
            rows = {each.name: len(each.rows) for each in self.book.tables}
            out.rest({**self.counts, **rows}, {RECEIPT_PLACE.encode(): self.receipt.digest.encode()})

        return stream(target, frame.saved(), frame.parts, fill)

    def _front_sheet(self, frame: "Frame", name: str) -> list[Styles]:
        from outreach_app.sheets import frames

        sheet = frames.titled_sheet(
            frame, name, title(self.book), FRONT_WIDTHS, self.book.language, self.book.department
        )
        plain = [frame.style(sheet), frame.style(sheet, wraps=True)]
        return [plain, [frame.style(sheet, heading=True)] * 2]

    def _dictionary_sheet(self, frame: "Frame", told: Dictionary) -> list[Styles]:
        from outreach_app.sheets import frames

        sheet = frames.titled_sheet(frame, told.title, "-", WIDTHS, self.book.language, self.book.department)
        return [[frame.style(sheet, wraps=True)] * len(WIDTHS), [frame.style(sheet, heading=True)] * len(WIDTHS)]

    def _stream_kind(self, sheet: _Sheet, out: Stream) -> None:
        """Write a kind's rows, to its sheet and to the hidden page."""
        if not sheet.kind.visible:
            for each in sheet.records:
                self._add_unseen(sheet, each)
            return

        def write(file: Part) -> None:
            rows = RowWriter(file, sheet.styles, 2)
            begun = None if self.for_partner else BegunRows(sheet.layout, sheet.styles, self.showing, self.tables)
            for each in sheet.records:
                if begun and each.begun and self._add_begun(sheet, each.begun, begun, rows):
                    continue
                if each.view.shown:
                    self._add(sheet, each, rows)
                elif not self.for_partner:
                    self._add_unseen(sheet, each)
            rows.flush()
            self.counts[sheet.layout.kind.name] = rows.number - 2

        out.rows(sheet.layout.title, write)

    def _add_unseen(self, sheet: _Sheet, each: Exported) -> None:
        self.page.add(sheet.number, pack_row(each, (), (), None, self.tables, self.showing, sheet.withheld))

    def _add_begun(self, sheet: _Sheet, each: BegunRecord, begun: BegunRows, rows: RowWriter) -> bool:
        """Write the row of a record that nobody wrote to since it was made; False where that takes :meth:`_add`."""
        row = begun.row(each)
        if row is None:
            return False
        digest = self._digested(sheet, row.text, each.record)
        rows.add_made(row.xml + begun.identity(each.code, version_text(self.export_mark, digest)))
        self.page.add(sheet.number, row.packed(each.record, digest, each.code))
        return True

    def _digested(self, sheet: _Sheet, text: str, record: bytes) -> bytes:
        """The digest of a row that leaves, which the receipt's then covers."""
        self.digest.update(f"{sheet.layout.kind.name}\n{text}\n".encode())
        return row_digest(text, record)

    def _add(self, sheet: _Sheet, each: Exported, rows: RowWriter) -> None:
        cells = self._cells(sheet.layout, each)
        text = canonical_row(cells)
        digest = self._digested(sheet, text, id_bytes(each.view.id))
        if self.for_partner:
            mark = row_mark()
            self.row_marks[mark] = (each.view.kind, each.view.id)
            rows.add([*cells, mark])
            return
        rows.add([*cells, each.view.code, version_text(self.export_mark, digest)])
        own = [said for said, column in zip(row_texts(text), sheet.layout.columns, strict=False) if column.is_value]
        fields, withheld = sheet.layout.fields, sheet.withheld
        self.page.add(sheet.number, pack_row(each, fields, own, digest, self.tables, self.showing, withheld))

    def _cells(self, made: Layout, each: Exported) -> list[Cell]:
        """The content of a row, without the columns that say which row it is."""
        cells: list[Cell] = []
        values: Any = None
        for column in made.columns:
            about = column.field
            if about is None:
                break
            if column.choice:
                cells.append(None if not values else int(column.choice in values))
                continue
            values = each.view.values.get(about.name)
            if about.many:
                values = [element["value"] for element in values or ()]
            cells.append(self.showing.cell(about, values))
        return cells

    def _header(self) -> dict[str, Any]:
        book = self.book
        used = {each.vocabulary for sheet in self.sheets for each in sheet.layout.fields if each.vocabulary}
        return {
            "format": FORMAT, "export": book.export, "made_at": book.made_at, "made_by": book.made_by,
            "department": book.department, "space": book.space, "profile": book.profile, "language": book.language,
            "key": book.signer.public_key, "certificate": book.signer.certificate, "salt": token_bytes(16),
            "kinds": [_described(sheet.layout) for sheet in self.sheets],
            "words": {name: dict(book.words.labels(name, book.language)) for name in sorted({*used, *_ALWAYS})},
            **({RETURNED: book.returned} if book.returned else {}),
            **({"only looked at": [sheet_title(each.title) for each in book.tables]} if book.tables else {}),
        }  # fmt: skip

    def _trailer(self) -> dict[str, Any]:
        horizon = {self.tables.runs.of(run): number for run, number in self.book.horizon.runs.items()}
        beyond = [self.tables.write_id(each) for each in sorted(self.book.horizon.beyond)]
        heard = self.tables.told_horizons()
        tables = {name: list(getattr(self.tables, name)) for name in ("runs", "authors", "devices", "sources")}
        more = {"horizon": horizon, "beyond": beyond, "heard": heard}
        return {**tables, **more, "counts": self.counts, "receipt": self.receipt.digest}


def _described(made: Layout) -> list[Any]:
    fields = [[each.name, each.shape.value, each.rule.value, each.vocabulary, each.refers_to] for each in made.fields]
    content = [[column.heading, column.name] for column in made.columns if column.field is not None]
    return [made.kind.name, made.title, fields, content]


def _without_codes(name_of: NameOf) -> NameOf:
    """What records are called, and nothing by which they could be told apart beyond that."""

    def named(kind: str, record: str) -> Named:
        known = name_of(kind, record)
        return Named(known.title if known else "", "")

    return named
