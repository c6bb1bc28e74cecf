"""Records as a workbook takes them along: what they show, and the writes behind every cell.

Of nearly all records nothing was written since the change that made them, and nobody sent them back in a workbook; or
one workbook tells all that is held of them, and showed all of it. What is behind their cells is told by the change, or
by what it was that the workbook told of, and by the place of their writes in it, and is read without making a write of
each (:class:`BegunRecord`). For all others the journal is read whole, and the rules are asked.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import Any, NamedTuple, TypeAlias

import cbor2
from sqlalchemy import Connection

from outreach_app.journal.changes import Horizon, Stamped, WriteId
from outreach_app.journal.standing import Heard, heard
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.model.kinds import Kind
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.packing import unpacked_horizon
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.statements import Rows, Statements
from outreach_app.store.views import Columns

Stamp: TypeAlias = tuple[bytes | None, int, int, str, bytes, str]
"""Of a change: run, number, clock, author, device, source; of what a workbook taught, without run and number (0)."""

_TOGETHER = 1_000  # records read at once
_ID = 36  # characters of an id
_CODE, _SHOWN, _EXTRA, _OWN = 1, 3, 4, 5  # places in a row; those from the last on are the fields'

_WRITES = (
    "SELECT record, run, min(number) AS first, change, group_concat(field) AS fields,"
    " group_concat(element, '') AS elements, count(*) AS count, count(value) = count(*) AND count(replaces) = 0"
    " AND sum(number) = count(*) * min(number) + count(*) * (count(*) - 1) / 2 AS whole"  # quicker than a greatest
    ", count(DISTINCT change) AS changes FROM writes WHERE kind = ? AND record IN ({}) GROUP BY record, run"
)
_SHOWING = "SELECT record, cells, horizon, retired FROM reading_rows JOIN readings USING (reading) WHERE record IN"
_CHANGES = "SELECT place, last, run, number, clock, author, device, source FROM changes WHERE place IN ({})"


_SINCE = """
    SELECT place FROM changes WHERE clock >= :clock OR place > (SELECT min(change) FROM writes WHERE record = :after)
"""
_CHANGED = f"""
    SELECT kind, hex(record) FROM writes WHERE change IN ({_SINCE}) UNION
    SELECT kind, hex(record) FROM reading_rows JOIN readings USING (reading) JOIN writes USING (record)
    WHERE readings.change IN ({_SINCE})
"""  # noqa: S608 (our own words)


def changed_since(connection: Connection, clock: int, after: bytes) -> dict[str, set[str]]:
    """By kind, the ids of what changes touched whose clock is so late, or that came here later than the first that
    wrote the record ``after``; b"" for none. A workbook read back touches the records of which it told something."""
    found: dict[str, set[str]] = {}
    for kind, record in connection.exec_driver_sql(_CHANGED, {"clock": clock, "after": after}):
        found.setdefault(kind, set()).add(id_text(bytes.fromhex(record)))
    return found


@dataclass(frozen=True, eq=False, slots=True)
class Taught:
    """What records have in common of which one workbook alone tells; made once for all of them."""

    run: bytes  # of their writes
    heard: Sequence[Heard]  # how far the workbook's maker had read, beyond what this one has


Beginning: TypeAlias = tuple[bytes, Stamp, int, str, str, Taught | None]
"""Of a record: what a :class:`BegunRecord` says, but for its code and columns."""


class BegunRecord(NamedTuple):
    """A record that is shown and all of whose writes lie side by side in one change, none of them without effect."""

    record: bytes
    code: str
    columns: tuple[Any, ...]  # what its kind's fields hold, in their order, as the database has them: lists as JSON
    stamp: Stamp  # of the change
    at: int  # the place in the change of the first of its writes; where it was taught, the number in the run
    names: str  # the writes' fields, in their order, a comma between
    elements: str  # the ids of their elements, in their order, one after the other
    taught: Taught | None = None  # where no change is held that says all this, but a workbook does


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
        self._taught: dict[Any, Taught] = {}
        own = "id, code, title, shown AND stands_under IS NULL, extra"
        fields = "".join(f', "{name}"' for name in self._columns.fields)
        self._select = f'SELECT {own}{fields} FROM "{kind.name}"'  # noqa: S608 (declared names)

    def records(self, only: Collection[str] | None = None) -> Iterator[ExportedRecord]:
        """All of them, or ``only`` these, also those not shown, in the order made."""
        with self._connect() as connection:
            asked = f"SELECT group_concat(id, '' ORDER BY made_at, id) FROM \"{self._kind.name}\""  # noqa: S608 (a declared kind)
            ids = Statements(connection)(asked).scalar() or ""  # as one text: as many take twice the memory
        each_id = (ids[start : start + _ID] for start in range(0, len(ids), _ID))
        windows = chunks((each for each in each_id if only is None or each in only), _TOGETHER)
        first, second = next(windows, []), next(windows, None)
        if second is None:
            yield from self._made(first, self._begun(first)) if first else ()
            return
        from concurrent.futures import ThreadPoolExecutor  # here, for the window's start has no need of it

        with ThreadPoolExecutor(1, "reading") as beside:
            ahead = beside.submit(self._begun, first)
            for window, following in pairwise(chain((first, second), windows, ([],))):
                made = self._made(window, ahead.result())
                if following:
                    ahead = beside.submit(self._begun, following)  # while what was made is written
                yield from made

    def _made(self, ids: Sequence[str], begun: Mapping[str, Beginning]) -> list[ExportedRecord]:
        with self._connect() as connection:
            rows = {row[0]: row for row in _among(connection, f"{self._select} WHERE id IN", ids)}
            made = []
            for each in ids:
                row, beginning, whole = rows[each], begun.get(each), None
                if beginning is not None and row[_SHOWN] and row[_EXTRA] is None:
                    record, stamp, at, names, elements, taught = beginning
                    whole = BegunRecord(record, row[_CODE], row[_OWN:], stamp, at, names, elements, taught)
                made.append(ExportedRecord(self, RowView(self._columns, row), whole))
            left = [each for each in made if each.begun is None]
            for other, basis in zip(left, self._bases(connection, [each.view.id for each in left]), strict=True):
                other.known = basis
        return made

    def _begun(self, ids: Sequence[str]) -> dict[str, Beginning]:
        """How those of the records began of which one change wrote all and that no workbook showed here, or that one
        workbook taught and showed.

        What is written of a record in one run, under numbers that follow each other within those of one change, is that
        change's. Whatever was written in several runs is several changes'.
        """
        by_digits = {each.replace("-", "").upper(): each for each in ids}
        records = [id_bytes(each) for each in ids]
        with self._connect() as connection:
            columns = "hex(record), hex(run), first, change, fields, elements, count, whole AND changes = 1"
            rows = _read(connection, columns, _WRITES, records, self._kind.name)
            left = {record for record, number in Counter([row[0] for row in rows]).items() if number > 1}
            shown: dict[str, Any] = {}
            for record, *showing in _among(connection, _SHOWING, records):
                digits = record.hex().upper()
                if shown.setdefault(digits, showing) is not showing:
                    left.add(digits)
            columns = "place, last, hex(run), number, clock, author, hex(device), source"
            told = _read(connection, columns, _CHANGES, [*{row[3] for row in rows}])
        changes = {
            place: (last, run, (bytes.fromhex(run) or None, number or 0, clock, author, bytes.fromhex(device), source))
            for place, last, run, number, clock, author, device, source in told
        }
        found: dict[str, Beginning] = {}
        for record, run, first, change, fields, elements, count, whole in rows:
            last, its_run, stamp = changes[change]
            if not whole or record in left:
                continue
            raw, taught = bytes.fromhex(record), None
            if record not in shown:
                if run != its_run or not stamp[1] < first <= last - count + 1:
                    continue
            elif its_run or (taught := self._shown(shown[record], bytes.fromhex(run), first, fields)) is None:
                continue
            found[by_digits[record]] = raw, stamp, first - stamp[1], fields, elements, taught
        return found

    def _shown(self, showing: Sequence[Any], run: bytes, first: int, fields: str) -> Taught | None:
        """What is said of a record by the one workbook that showed it, where that taught all that is held, and showed
        the same: writes of a run from the ``first`` on, of these fields."""
        cells, horizon, retired = showing
        shown = cbor2.loads(cells)
        names = sorted([(number, name) for name, ids in shown.items() for its_run, number in ids if its_run == run])
        same = names == [*enumerate(fields.split(","), first)] and len(names) == sum(map(len, shown.values()))
        if retired or not same or not first:  # a derived write has no number
            return None
        told = run, horizon, tuple(shown)
        if told not in self._taught:
            far = unpacked_horizon(horizon)
            heard = [] if far.within(self._runs) else [(far, tuple(sorted(shown)))]
            self._taught[told] = Taught(run, heard)
        return self._taught[told]

    def basis(self, record: str) -> Basis:
        """What is behind the cells of a record."""
        with self._connect() as connection:
            return self._bases(connection, [record])[0]

    def _bases(self, connection: Connection, records: Sequence[str]) -> list[Basis]:
        nothing = RecordJournal()
        loaded = Journal(connection).load(map(id_bytes, records))
        return [self._basis(loaded.get(id_bytes(each), nothing)) for each in records]

    def _basis(self, held: RecordJournal) -> Basis:
        own = held.of(self._kind.name)
        stand = own.standing()
        standing = {field: tuple(group) for field, group in groupby(stand, key=lambda each: each.write.slot.field)}
        live = {each.write.id for each in stand}
        ids = (each.write.id for each in own.writes)
        dead = frozenset(each for each in ids if each not in live and not self._runs.covers(each))
        return Basis(standing, dead, heard(own.cells, own.writes, self._runs))


def _among(connection: Connection, statement: str, wanted: Sequence[Any]) -> Rows:
    """The rows of a statement that ends with what ``wanted`` are places for."""
    return Statements(connection)(f"{statement} ({','.join('?' * len(wanted))})", tuple(wanted))


def _read(connection: Connection, columns: str, inner: str, wanted: Sequence[Any], *before: Any) -> list[list[Any]]:
    """Columns of the rows of a statement with places for what is ``wanted``, read as one row of JSON: at each row that
    a thread reads, it waits until the others let it go on."""
    asked = f"SELECT json_group_array(json_array({columns})) FROM ({inner.format(','.join('?' * len(wanted)))})"  # noqa: S608 (our own names)
    rows: list[list[Any]] = json.loads(Statements(connection)(asked, (*before, *wanted)).scalar())
    return rows
