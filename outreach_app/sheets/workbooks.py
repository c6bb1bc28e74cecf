"""Writes a workbook: openpyxl makes the frame, the rows are streamed into it. No temporary file holds any of it."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from secrets import token_bytes
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from outreach_app.model.identifiers import id_bytes
from outreach_app.sheets import frames
from outreach_app.sheets.bases import Tables, pack_row
from outreach_app.sheets.books import PARTNER, Book, Exported, KindRows, Receipt, Written
from outreach_app.sheets.cells import Cell, canonical_row, row_digest
from outreach_app.sheets.columns import RECORD, ROW, VERSION, Layout, fitted, layout
from outreach_app.sheets.dictionaries import WIDTHS, Dictionary, dictionary
from outreach_app.sheets.front_pages import WIDTHS as FRONT_WIDTHS
from outreach_app.sheets.front_pages import front_page, title
from outreach_app.sheets.hidden_pages import FORMAT, TITLE, PageWriter
from outreach_app.sheets.marks import mark_of, row_mark, version_text
from outreach_app.sheets.part_rows import RowWriter, Styles
from outreach_app.sheets.showing import Showing
from outreach_app.store.durable_files import write_durably
from outreach_app.texts import say

_PEEKED = 100  # rows that decide a column's width
_END = b"</sheetData>"
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_ALWAYS = ("phone_kinds", "address_kinds")


def write_workbook(target: Path | BinaryIO, book: Book) -> Written:
    """Write an internal or a partner's workbook whole, or nothing. Raises NotWritable."""
    made = _Writing(book)
    content = made.content()
    if isinstance(target, Path):
        write_durably(target, content)
    else:
        target.write(content)
    return Written(made.receipt, made.row_marks, len(content))


@dataclass
class _Sheet:
    """One kind's sheet in the making."""

    kind: KindRows
    layout: Layout
    records: Iterator[Exported]
    styles: Styles = ()


@dataclass
class _Writing:
    """One workbook in the making."""

    book: Book
    row_marks: dict[str, tuple[str, str]] = field(default_factory=dict)
    receipt: Receipt = field(default_factory=lambda: Receipt({}, ""))

    def __post_init__(self) -> None:
        book = self.book
        self.for_partner = book.profile == PARTNER
        self.showing = Showing(book.words, book.language, book.name_of)
        self.tables = Tables()
        self.counts: dict[str, int] = {}
        self.digest = blake2b(digest_size=16)
        self.export_mark = mark_of(book.export)
        self.sheets = [self._sheet(kind) for kind in book.kinds]
        self.page = PageWriter(self._header(), book.language)

    def _sheet(self, kind: KindRows) -> _Sheet:
        identities = (ROW,) if self.for_partner else (RECORD, VERSION)
        made = layout(kind.kind, self.book.words, self.book.language, kind.fields, identities, kind.used)
        records = iter(kind.records)
        if self.for_partner:
            shuffled = list(records)
            random.SystemRandom().shuffle(shuffled)
            records = iter(shuffled)
        first = list(islice(records, _PEEKED))
        rows = [self._cells(made, each) for each in first if each.view.shown]
        return _Sheet(kind, replace(made, columns=fitted(made.columns, rows)), chain(first, records))

    def content(self) -> bytes:
        """The workbook's bytes."""
        language = self.book.language
        shown = [sheet for sheet in self.sheets if sheet.kind.visible]
        layouts = [sheet.layout for sheet in shown]
        told = dictionary(layouts, self.book.words, language)
        frame = frames.Frame()
        front = say("Read me", language)
        front_styles = self._front_sheet(frame, front)
        for sheet in shown:
            sheet.styles = frames.kind_sheet(frame, sheet.layout, told, self.book)
        told_styles = self._dictionary_sheet(frame, told)
        if not self.for_partner:
            frames.hidden_sheet(frame, TITLE)
        frames.describe(frame, self.book, with_export=True)
        made = BytesIO()
        with ZipFile(BytesIO(frame.saved())) as source, ZipFile(made, "w", ZIP_DEFLATED) as out:
            for sheet in self.sheets:
                self._stream_kind(sheet, source, out, frame.parts.get(sheet.layout.title, ""))
            self.receipt = Receipt(self.counts, mark_of(self.digest.digest()))
            lines = [(line.cells, line.heading) for line in front_page(self.book, layouts, self.receipt)]
            _stream(source, out, frame.parts[front], lines, front_styles, 2)
            headed = [(row, number in told.headings) for number, row in enumerate(told.rows, start=1)]
            _stream(source, out, frame.parts[told.title], headed, told_styles, 1)
            if not self.for_partner:
                strings = self.page.close(self._trailer(), self.book.enclosed, self.book.signer)
                _stream(source, out, frame.parts[TITLE], [((string,), False) for string in strings], [[(0, 0)]] * 2, 1)
            self._copy_rest(source, out)
        return made.getvalue()

    def _front_sheet(self, frame: frames.Frame, name: str) -> list[Styles]:
        sheet = frames.titled_sheet(frame, name, title(self.book), FRONT_WIDTHS, self.book)
        plain = [frame.style(sheet), frame.style(sheet, wraps=True)]
        return [plain, [frame.style(sheet, heading=True)] * 2]

    def _dictionary_sheet(self, frame: frames.Frame, told: Dictionary) -> list[Styles]:
        sheet = frames.titled_sheet(frame, told.title, "-", WIDTHS, self.book)
        return [[frame.style(sheet, wraps=True)] * len(WIDTHS), [frame.style(sheet, heading=True)] * len(WIDTHS)]

    def _stream_kind(self, sheet: _Sheet, source: ZipFile, out: ZipFile, part: str) -> None:
        """Write a kind's rows, to its sheet and to the hidden page."""
        name = sheet.layout.kind.name
        number = [each.kind.name for each in self.book.kinds].index(name)
        if not sheet.kind.visible:
            for each in sheet.records:
                self.page.add(number, pack_row(each, (), (), None, self.tables, self.showing))
            return
        before, after = _halves(source, part)
        with out.open(part, "w") as file:
            file.write(before)
            rows = RowWriter(file, sheet.styles, 2)
            for each in sheet.records:
                if each.view.shown:
                    self._add(sheet, each, rows, number)
                elif not self.for_partner:
                    self.page.add(number, pack_row(each, (), (), None, self.tables, self.showing))
            rows.flush()
            file.write(after)
        self.counts[name] = rows.number - 2

    def _add(self, sheet: _Sheet, each: Exported, rows: RowWriter, number: int) -> None:
        cells = self._cells(sheet.layout, each)
        text = canonical_row(cells)
        self.digest.update(f"{sheet.layout.kind.name}\n{text}\n".encode())
        if self.for_partner:
            mark = row_mark()
            self.row_marks[mark] = (each.view.kind, each.view.id)
            rows.add([*cells, mark])
            return
        digest = row_digest(text, id_bytes(each.view.id))
        rows.add([*cells, each.view.code, version_text(self.export_mark, digest)])
        own = [cell for cell, column in zip(cells, sheet.layout.columns, strict=False) if column.is_value]
        self.page.add(number, pack_row(each, sheet.layout.fields, own, digest, self.tables, self.showing))

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
            "key": book.signer.public_key, "salt": token_bytes(16),
            "kinds": [_described(sheet.layout) for sheet in self.sheets],
            "words": {name: dict(book.words.labels(name, book.language)) for name in sorted({*used, *_ALWAYS})},
        }  # fmt: skip

    def _trailer(self) -> dict[str, Any]:
        horizon = {self.tables.runs.of(run): number for run, number in self.book.horizon.runs.items()}
        beyond = [self.tables.write_id(each) for each in sorted(self.book.horizon.beyond)]
        tables = {name: list(getattr(self.tables, name)) for name in ("runs", "authors", "devices", "sources")}
        return {**tables, "horizon": horizon, "beyond": beyond, "counts": self.counts, "receipt": self.receipt.digest}

    def _copy_rest(self, source: ZipFile, out: ZipFile) -> None:
        written = set(out.namelist())
        for name in source.namelist():
            if name in written:
                continue
            raw = source.read(name)
            if name.startswith("xl/tables/"):
                raw = _stretched(raw, self.counts)
            elif name == "docProps/custom.xml":
                raw = raw.replace(frames.RECEIPT_PLACE.encode(), self.receipt.digest.encode())
            out.writestr(name, raw)


def _described(made: Layout) -> list[Any]:
    fields = [[each.name, each.shape.value, each.rule.value, each.vocabulary, each.refers_to] for each in made.fields]
    content = [[column.heading, column.name] for column in made.columns if column.field is not None]
    return [made.kind.name, made.title, fields, content]


def _stream(
    source: ZipFile,
    out: ZipFile,
    part: str,
    rows: Sequence[tuple[Sequence[Cell], bool]],
    styles: Sequence[Styles],
    first: int,
) -> None:
    """Write the rows of a page of text; ``styles``: of a usual row, and of a heading."""
    before, after = _halves(source, part)
    with out.open(part, "w") as file:
        file.write(before if first > 1 else before[: before.index(b"<sheetData>") + len(b"<sheetData>")])
        _write_rows(file, rows, styles, first)
        file.write(after)


def _write_rows(
    file: IO[bytes], rows: Sequence[tuple[Sequence[Cell], bool]], styles: Sequence[Styles], first: int
) -> None:
    for number, (cells, heading) in enumerate(rows, start=first):
        writer = RowWriter(file, styles[heading], number)
        writer.add(cells)
        writer.flush()


def _halves(source: ZipFile, part: str) -> tuple[bytes, bytes]:
    """A sheet's XML before the end of its rows, and from there on."""
    before, after = _DIMENSION.sub(b"", source.read(part)).split(_END)
    return before, _END + after


def _stretched(table: bytes, counts: Mapping[str, int]) -> bytes:
    """A table's XML, of as many rows as there are; an empty table has one."""
    found = re.search(rb'displayName="([^"]*)"', table)
    rows = counts[found[1].decode()] if found else 1
    return re.sub(rb'ref="A1:([A-Z]+)2"', rb'ref="A1:\g<1>%d"' % (max(rows, 1) + 1), table)
