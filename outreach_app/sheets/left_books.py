"""A workbook as it left: what its hidden page says, unpacked as far as every reader needs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach_app.journal.changes import Horizon, WriteId
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.sheets.hidden_pages import MALFORMED, Page, PageError
from outreach_app.sheets.left_rows import LeftRow, LeftSheet, checked, unpack_row
from outreach_app.sheets.marks import mark_of
from outreach_app.sheets.showing import Showing
from outreach_app.sheets.words import Labels, Words

_MOST = 2**63  # of what may be counted, and of microseconds


@dataclass
class LeftBook:
    """``rows``: by kind, those that had a row, and ``by_code`` the same by their code; ``unseen``: the others."""

    page: Page
    sheets: Mapping[str, LeftSheet]
    horizon: Horizon
    heard: Sequence[Horizon] = ()
    rows: dict[str, list[LeftRow]] = field(default_factory=dict)
    unseen: list[LeftRow] = field(default_factory=list)
    by_code: dict[str, dict[str, LeftRow]] = field(default_factory=dict)
    _by_version: dict[str, dict[str, LeftRow | None]] = field(default_factory=dict)

    def every_row(self) -> Iterator[LeftRow]:
        """Those that had a row, and the others."""
        yield from self.unseen
        for rows in self.rows.values():
            yield from rows

    def by_version(self, kind: str, mark: str) -> LeftRow | None:
        """The row of a kind whose *Version* ends with this mark; None where there is none, or more than one."""
        if kind not in self._by_version:
            found: dict[str, LeftRow | None] = {}
            for left in self.rows.get(kind, ()):
                own = mark_of(left.raw[1])
                found[own] = None if own in found else left
            self._by_version[kind] = found
        return self._by_version[kind].get(mark)

    def told_headings(self) -> dict[str, Mapping[str, str]]:
        """By kind, the column names by heading as they left."""
        return {kind: sheet.headings for kind, sheet in self.sheets.items()}


def left_book(page: Page) -> LeftBook:
    """What a page says. Raises PageError where it was signed but makes no sense."""
    try:
        return _unpacked(page)
    except MALFORMED as fault:
        raise PageError from fault


def _unpacked(page: Page) -> LeftBook:
    header, trailer = page.header, page.trailer
    _check_told(header, trailer)
    sheets = [_sheet(kind, header, trailer) for kind in header["kinds"]]
    beyond: set[WriteId] = {_write_id(each, trailer["runs"]) for each in trailer["beyond"]}
    book = LeftBook(page, {sheet.kind: sheet for sheet in sheets}, Horizon({}))
    for number, packed in page.rows:
        sheet = sheets[number]
        for each in packed:
            left = checked(unpack_row(each, sheet))
            if left.raw[6]:
                beyond.update(left.dead())
            if left.digest is None:
                book.unseen.append(left)
            else:
                book.rows.setdefault(sheet.kind, []).append(left)
                book.by_code.setdefault(sheet.kind, {})[left.code] = left
    book.horizon = _horizon(trailer["horizon"], beyond, trailer["runs"])
    book.heard = [
        _horizon(reached, {_write_id(each, trailer["runs"]) for each in more}, trailer["runs"])
        for reached, more in trailer["heard"]
    ]
    return book


def _check_told(header: Mapping[str, Any], trailer: Mapping[str, Any]) -> None:
    """Raises ValueError where what is passed on in accounts and return files is not of its kind."""
    counted = {"made_at": header["made_at"], **trailer["counts"]}
    fits = all(type(kind) is str and type(number) is int and 0 <= number < _MOST for kind, number in counted.items())
    if not fits or type(header["export"]) is not bytes or type(header["made_by"]) is not str:
        raise ValueError("no such account")


def _horizon(reached: Mapping[int, int], beyond: set[WriteId], runs: Sequence[bytes]) -> Horizon:
    return Horizon({bytes(runs[run]): int(number) for run, number in reached.items()}, frozenset(beyond))


def _sheet(described: Sequence[Any], header: Mapping[str, Any], trailer: Mapping[str, Any]) -> LeftSheet:
    kind, title, fields, content = described
    headings = {str(heading): str(name) for heading, name in content}
    labels = {name: heading for heading, name in headings.items()}
    words: Mapping[str, Labels] = header["words"]
    language = str(header["language"])
    showing = Showing(Words(lambda name, _language: words.get(name, {}), (language,)), language)
    made = tuple(
        Field(
            labels.get(name, name), _shape(shape), rule=_rule(rule), vocabulary=vocabulary, refers_to=refers, name=name
        )
        for name, shape, rule, vocabulary, refers in fields
    )
    return LeftSheet(kind, title, made, headings, trailer, showing, bytes(header["salt"]))


def _shape(name: str) -> Shape:
    """A shape that only a newer program knows is read as text."""
    return Shape(name) if name in set(Shape) else Shape.TEXT


def _rule(name: str) -> Rule:
    return Rule(name) if name in set(Rule) else Rule.VALUE


def _write_id(packed: Any, runs: Sequence[bytes]) -> WriteId:
    return WriteId(packed, 0) if isinstance(packed, bytes) else WriteId(runs[packed[0]], packed[1])
