"""Records as a workbook takes them along: what they show, and the writes behind every cell.

Of nearly all records nothing was written since the change that made them, and nobody sent them back in a workbook.
What is behind their cells is told by the change and the place of their writes in it, and is read without making a write
of each (:class:`BegunRecord`). For all others the journal is read whole, and the rules are asked.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection

from outreach_app.journal.changes import Horizon, Stamped, WriteId
from outreach_app.journal.standing import Heard, heard
from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Kind
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.statements import Rows, Statements
from outreach_app.store.views import Columns

Stamp: TypeAlias = tuple[bytes, int, int, str, bytes, str]
"""Of a change: run, number, clock, author, device, source."""

_TOGETHER = 1_000  # records read at once
_CHANGE = 3  # the place of a change's place in what is read of a record's writes
_CODE, _SHOWN, _EXTRA, _OWN = 1, 3, 4, 5  # places in a row; those from the last on are the fields'


class BegunRecord(NamedTuple):
    """A record that is shown and all of whose writes lie side by side in one change, none of them without effect."""

    record: bytes
    code: str
    columns: tuple[Any, ...]  # what its kind's fields hold, in their order, as the database has them: lists as JSON
    stamp: Stamp  # of the change
    at: int  # the place in the change of the first of its writes
    names: str  # the writes' fields, in their order, a comma between
    elements: str  # the ids of their elements, in their order, one after the other


class _Began(NamedTuple):
    """A change: the last of its numbers, and its stamp."""

    last: int
    stamp: Stamp


class RowView:
    """A record as its row has it. What stands under another has no row of its own: it is not shown."""

    __slots__ = ("_columns", "_row", "_values")

    def __init__(self, columns: Columns, row: Sequence[Any]) -> None:
        self._columns, self._row = columns, row
        self._values: dict[str, Any] | None = None

    @property
    def kind(self) -> str:
        """The kind's plural noun."""
        return self._columns.kind.name

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self._row[0])

    @property
    def code(self) -> str:
        """Its short code with check character."""
        return str(self._row[1])

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self._row[2])

    @property
    def shown(self) -> bool:
        """False: deleted, emptied, or joined to another."""
        return bool(self._row[3])

    @property
    def values(self) -> Mapping[str, Any]:
        """By field; a list field's ``[{"id", "value"}, ...]``."""
        if self._values is None:
            self._values = self._columns.values(self._columns.fields, self._row[_OWN:])
        return self._values


class Basis(NamedTuple):
    """What is behind a record's cells."""

    standing: Mapping[str, tuple[Stamped, ...]]  # by field, every standing write of every element
    dead: frozenset[WriteId]  # known, no longer standing, and not within what the maker's horizon says of runs
    heard: Sequence[Heard] = ()  # how far the makers of workbooks read here had read, beyond what this one has


@dataclass(slots=True)
class ExportedRecord:
    """One record with its basis, which is read when it is first asked for."""

    source: "Exporting"
    view: RowView
    begun: BegunRecord | None = None
    known: Basis | None = None

    @property
    def _basis(self) -> Basis:
        if self.known is None:
            self.known = self.source.basis(self.view.id)
        return self.known

    @property
    def standing(self) -> Mapping[str, tuple[Stamped, ...]]:
        """By field, every standing write of every element."""
        return self._basis.standing

    @property
    def dead(self) -> frozenset[WriteId]:
        """Its writes that no longer stand and that no run's horizon tells of."""
        return self._basis.dead

    @property
    def heard(self) -> Sequence[Heard]:
        """How far the makers of workbooks had read."""
        return self._basis.heard


class Exporting:
    """Reads the records of one kind, some at a time, so that what is held does not grow with how many there are."""

    def __init__(
        self, connect: Callable[[], AbstractContextManager[Connection]], kind: Kind, known: Mapping[bytes, int]
    ) -> None:
        self._connect, self._kind, self._columns = connect, kind, Columns.of(kind)
        self._runs = Horizon(known)  # how far the maker has read each run
        own = "id, code, title, shown AND stands_under IS NULL, extra"
        fields = "".join(f', "{name}"' for name in self._columns.fields)
        self._select = f'SELECT {own}{fields} FROM "{kind.name}"'  # noqa: S608 (declared names)

    def records(self, only: Collection[str] | None = None) -> Iterator[ExportedRecord]:
        """All of them, or ``only`` these, also those not shown, in the order made."""
        with self._connect() as connection:
            ids = Statements(connection)(f'SELECT id FROM "{self._kind.name}" ORDER BY made_at, id').scalars()  # noqa: S608 (a declared kind)
        for chunk in chunks((each for each in ids if only is None or each in only), _TOGETHER):
            yield from self._window(chunk)

    def _window(self, ids: Sequence[str]) -> list[ExportedRecord]:
        raws = [id_bytes(each) for each in ids]
        with self._connect() as connection:
            rows = {row[0]: row for row in _among(connection, f"{self._select} WHERE id IN", ids)}
            begun, changes = _begun(connection, self._kind.name, raws)
            made = []
            for each, raw in zip(ids, raws, strict=True):
                row, said, whole = rows[each], begun.get(raw), None
                if said is not None and row[_SHOWN] and row[_EXTRA] is None:
                    _record, run, first, change, names, elements, follows, count = said
                    last, stamp = changes[change]
                    if follows and run == stamp[0] and stamp[1] < first and first + count - 1 <= last:
                        whole = BegunRecord(raw, row[_CODE], row[_OWN:], stamp, first - stamp[1], names, elements)
                made.append(ExportedRecord(self, RowView(self._columns, row), whole))
            left = [each for each in made if each.begun is None]
            for record, basis in zip(left, self._bases(connection, [each.view.id for each in left]), strict=True):
                record.known = basis
        return made

    def basis(self, record: str) -> Basis:
        """What is behind the cells of a record."""
        with self._connect() as connection:
            return self._bases(connection, [record])[0]

    def _bases(self, connection: Connection, records: Sequence[str]) -> list[Basis]:
        nothing = RecordJournal()
        loaded = Journal(connection).load(map(id_bytes, records))
        return [self._basis(loaded.get(id_bytes(each), nothing)) for each in records]

    def _basis(self, held: RecordJournal) -> Basis:
        own = held.of(self._kind.name) if self._kind.name in held.kinds else RecordJournal()
        stand = own.standing()
        standing = {field: tuple(group) for field, group in groupby(stand, key=lambda each: each.write.slot.field)}
        live = {each.write.id for each in stand}
        ids = (each.write.id for each in own.writes)
        dead = frozenset(each for each in ids if each not in live and not self._runs.covers(each))
        return Basis(standing, dead, heard(own.cells, own.writes, self._runs))


def _begun(
    connection: Connection, kind: str, records: Sequence[bytes]
) -> tuple[dict[bytes, tuple[Any, ...]], dict[int, _Began]]:
    """Those of the records of a kind whose writes may all be one change's, and that no workbook showed here: record,
    run, the least number, a change's place, fields, elements, whether the numbers follow each other and all that was
    written stands. With them the changes, by place."""
    columns = "record, run, min(number), change, group_concat(field), group_concat(element, '')"
    follow = "sum(number) = count(*) * min(number) + count(*) * (count(*) - 1) / 2"  # a greatest takes twice as long
    whole = f"count(value) = count(*) AND count(replaces) = 0 AND {follow}"
    asked = f"SELECT {columns}, {whole}, count(*) FROM writes WHERE kind = ? AND record IN"  # noqa: S608 (our own names)
    rows = _among(connection, asked, records, (kind,), "GROUP BY record, run").all()
    found = {row[0]: row for row in rows}
    if len(found) < len(rows):  # what was written in several runs is several changes'
        several = Counter(row[0] for row in rows)
        found = {record: row for record, row in found.items() if several[record] == 1}
    for shown in _among(connection, "SELECT DISTINCT record FROM reading_rows WHERE record IN", records).scalars():
        found.pop(shown, None)
    places = [*{row[_CHANGE] for row in found.values()}]
    began = "SELECT place, last, run, number, clock, author, device, source FROM changes WHERE place IN"
    return found, {row[0]: _Began(row[1], row[2:]) for row in _among(connection, began, places)}


def _among(
    connection: Connection, statement: str, wanted: Sequence[Any], before: tuple[Any, ...] = (), after: str = ""
) -> Rows:
    """The rows of a statement that ends with what ``wanted`` are places for."""
    places = ",".join("?" * len(wanted))
    return Statements(connection)(f"{statement} ({places}) {after}", (*before, *wanted))
