"""The tables people see, made from the journal: for each record touched, its row, titles, search words and decisions.

A row is a function of the record's standing writes, of the titles of the records it points at, and of the links that
join it. So what is live equals what a rebuild gives, whatever order the changes came in.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection

from outreach_app.model.fields import Field
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.store.blueprints import Blueprints, Folded, KindTable, Row
from outreach_app.store.clusters import Joined, ends, linked, recluster
from outreach_app.store.indexes import postpone
from outreach_app.store.intakes import Touched
from outreach_app.store.journals import Journal, chunks
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.rewrites import written_on
from outreach_app.store.statements import Statements
from outreach_app.store.vacancies import vacate

_ROUNDS = 5
"""How far a changed title travels: an answer shows its feedback, which shows its event; nothing is deeper."""


_NOTHING: Mapping[bytes, RecordJournal] = MappingProxyType({})
_UNKNOWN: Mapping[bytes, Touched | None] = MappingProxyType({})


class _Before(NamedTuple):
    """What a row held before it is written anew."""

    title: str
    shown: bool
    code: str
    made_at: int


class Projection:
    """Writes the tables from the journal, on one connection."""

    def __init__(self, connection: Connection, blueprints: Blueprints) -> None:
        self._connection = connection
        self._do = Statements(connection)
        self._journal = Journal(connection)
        self._blueprints = blueprints
        self._tables = blueprints.tables

    def project(
        self,
        records: Iterable[bytes],
        begun: Mapping[bytes, RecordJournal] = _NOTHING,
        spans: Mapping[bytes, Touched | None] = _UNKNOWN,
        unsaid: Iterable[tuple[str, bytes]] = (),
        taught: Mapping[bytes, RecordJournal] = _NOTHING,
    ) -> dict[str, set[str]]:
        """Write anew the rows of these records and of those that show their titles; the records written, by kind.

        ``begun``: the journals of those whose ids were drawn for this very change: nothing can know of them yet.
        ``spans``: of those that were only written to, when (:meth:`Intake.take`). ``unsaid``: records, each with its
        kind, of which something that was said counts no longer; of which nothing is left, the row is taken away.
        ``taught``: the journals of those of which nothing was held, so that they have no row (:attr:`Intake.begun`).
        """
        touched: dict[str, set[str]] = {}
        joined: Joined = {}
        todo, left = set(records), set(unsaid)
        todo.update(raw for _kind, raw in left)
        new: Collection[str] = {id_text(raw) for raw in begun}
        begun = {**begun, **taught}
        rowless: Collection[str] = {id_text(raw) for raw in begun}
        for _round in range(_ROUNDS):
            later: set[str] = set()
            for chunk in chunks(sorted(todo)):
                loaded = self._loaded(chunk, begun, spans)
                gone = self._vacate(chunk, loaded, left, joined) if left else {}
                rows = self.made(loaded)
                renamed = self._write(rows, touched, (new, rowless), joined)
                for kind, vacated in gone.items():
                    touched.setdefault(kind, set()).update(vacated)
                    renamed.setdefault(kind, []).extend(vacated)
                later |= self._showing(renamed, rows, new)
            todo, begun, spans, left = {id_bytes(each) for each in later}, _NOTHING, _UNKNOWN, set()
            new = rowless = ()
            if not todo:
                break
        for kind in joined.keys() & self._blueprints.joinable:
            touched.setdefault(kind, set()).update(recluster(self._connection, kind, joined[kind]))
        return touched

    def _vacate(
        self,
        records: Collection[bytes],
        loaded: Mapping[bytes, RecordJournal],
        unsaid: Collection[tuple[str, bytes]],
        joined: Joined,
    ) -> dict[str, list[str]]:
        """Take away the rows of those of the records of which nothing is left; which these are, by kind. What they
        joined is added to ``joined``."""
        gone: dict[str, list[str]] = {}
        here = {*records}
        for kind, raw in unsaid:
            if raw in here and kind in self._tables and not (raw in loaded and kind in loaded[raw].kinds):
                gone.setdefault(kind, []).append(id_text(raw))
        _add(joined, vacate(self._connection, gone, self._blueprints.joinable))
        return gone

    def _loaded(
        self, records: Sequence[bytes], begun: Mapping[bytes, RecordJournal], spans: Mapping[bytes, Touched | None]
    ) -> dict[bytes, RecordJournal]:
        """What is held of these records, as far as rows are made of it."""
        loaded = {raw: begun[raw] for raw in records if raw in begun}
        loaded |= written_on(
            self._connection, self._tables, {raw: spans.get(raw) for raw in records if raw not in begun}
        )
        return loaded | self._journal.load((raw for raw in records if raw not in loaded), replaced=False)

    def made(self, loaded: Mapping[bytes, RecordJournal]) -> list[Row]:
        """The rows that these journals, by record, and the titles now in the tables make; what shows others last."""
        folded = [
            Folded.of(id_text(raw), self._tables[kind], journal)
            for raw, journal in loaded.items()
            for kind in journal.kinds
            if kind in self._tables  # what only a newer program knows is kept in the journal and passed on
        ]
        folded.sort(key=lambda each: self._blueprints.ranks[each.table.kind.name])
        pointed = [[*each.pointed()] for each in folded]
        titles = self._titles(set(chain.from_iterable(pointed)))
        made = []
        for each, at in zip(folded, pointed, strict=True):
            row = each.row({record: title for kind, record in at if (title := titles.get((kind, record))) is not None})
            titles[row.kind.name, row.record] = row.title
            made.append(row)
        return made

    def live(self, row: Row) -> bool | None:
        """Whether a row stands in its table just so (joining apart); None where it is not there at all."""
        names = self._tables[row.kind.name].columns
        columns = ", ".join(f'"{name}"' for name in names)
        found = self._do(f'SELECT {columns} FROM "{row.kind.name}" WHERE id = ?', (row.record,)).first()  # noqa: S608 (declared names)
        if found is None:
            return None
        under = names.index("stands_under")
        return all(live == made for at, (live, made) in enumerate(zip(found, row.values, strict=True)) if at != under)

    def _titles(self, pointed: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The titles now in the tables of those of the records, each with its kind, that are there."""
        by_kind: dict[str, list[str]] = {}
        for kind, record in pointed:
            by_kind.setdefault(kind, []).append(record)
        return {
            (kind, record): title
            for kind, members in by_kind.items()
            if kind in self._tables
            for record, (title, *_others) in self._before(kind, members).items()
        }

    def _write(
        self,
        rows: list[Row],
        touched: dict[str, set[str]],
        begun: tuple[Collection[str], Collection[str]],
        joined: Joined,
    ) -> dict[str, list[str]]:
        """Put rows in the tables, and add them to ``touched``, and what may stand under something else to ``joined``;
        the records whose titles changed, by kind. ``begun``: the new ones, and those that have no row."""
        new, rowless = begun
        renamed: dict[str, list[str]] = {}
        rewritten: list[tuple[str, str]] = []
        by_kind: dict[str, list[Row]] = {}
        for row in rows:
            by_kind.setdefault(row.kind.name, []).append(row)
        for name, members in by_kind.items():
            touched.setdefault(name, set()).update(row.record for row in members)
            before = self._before(name, [row.record for row in members if row.record not in rowless])
            rewritten += [(record, name) for record in before]
            if name == "links":  # what it said before is to part again, where it says something else
                _add(joined, ends(self._connection, before))
            self._put(self._tables[name], members, before)
            if name == "links":
                _add(joined, ends(self._connection, [row.record for row in members]))
            changed = [row.record for row in members if before.get(row.record, (None,))[0] != row.title]
            if changed:
                renamed[name] = changed
            if name in self._blueprints.joinable:
                moved = [row.record for row in members if before.get(row.record, (None, None))[1] != row.state.shown]
                _add(joined, {name: linked(self._connection, name, [record for record in moved if record not in new])})
        self._write_beside(rows, rewritten)
        return renamed

    def _put(self, table: KindTable, rows: Sequence[Row], before: Mapping[str, "_Before"]) -> None:
        """Put rows of a kind in its table; those that are called as before leave its indexes alone."""
        other: list[Any] = []
        same: list[Any] = []
        for row in rows:
            was, now = before.get(row.record), (row.title, row.code, row.made_at)
            if was and (was.title, was.code, was.made_at) == now:
                same.append(table.updated(row.values))
            else:
                other.append(row.values)
        for statement, values in ((table.update, same), (table.upsert, other)):
            if values:
                self._do(statement, values)

    def _before(self, kind: str, records: Collection[str]) -> dict[str, "_Before"]:
        """What stands in the rows of those of the records that have one."""
        found: dict[str, _Before] = {}
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            rows = self._do(
                f'SELECT id, title, shown, code, made_at FROM "{kind}" WHERE id IN ({places})',  # noqa: S608 (declared names)
                tuple(chunk),
            )
            found.update((record, _Before(title, bool(shown), code, at)) for record, title, shown, code, at in rows)
        return found

    def _write_beside(self, rows: list[Row], rewritten: Sequence[tuple[str, str]]) -> None:
        """What is undecided of rows just written, some of which stood there before; the index has them to do."""
        if rewritten:
            self._do("DELETE FROM undecided WHERE record = ? AND kind = ?", rewritten)
        slots = [slot for row in rows for slot in row.undecided]
        if slots:
            self._do("INSERT INTO undecided (record, field, element, kind) VALUES (?,?,?,?)", slots)
        postpone(self._connection, rows)

    def misfiled(self, rows: Sequence[Row]) -> set[str]:
        """Of these records, those that are not to decide, or not looked up, as they should be."""
        entries = [self._blueprints.entry_of(row) for row in rows]
        made: dict[str, set[Any]] = {"undecided": {slot for row in rows for slot in row.undecided}}
        if self._blueprints.keys_of is not None:
            made["lookups"] = {(key, each.record, each.kind) for each in entries for key in each.keys}
        found: set[str] = set()
        for table, wanted in made.items():
            live: set[Any] = set()
            for chunk in chunks(row.record for row in rows):
                places = ",".join("?" * len(chunk))
                statement = f"SELECT * FROM {table} WHERE record IN ({places})"  # noqa: S608 (our own names)
                live.update(map(tuple, self._do(statement, tuple(chunk))))
            at = 0 if table == "undecided" else 1
            found |= {each[at] for each in live ^ wanted}
        return found

    def _showing(self, renamed: Mapping[str, list[str]], rows: Sequence[Row], new: Collection[str]) -> set[str]:
        """The records that show the titles of these, and must be written again.

        Of the ``rows`` written together with these, those come after them and show the new titles already; and nothing
        else can point at ``new`` ones.
        """
        found: set[str] = set()
        fresh = {(row.kind.name, row.record) for row in rows} if renamed else ()
        for kind, records in renamed.items():
            known = [record for record in records if record not in new]
            for name, field, after in self._blueprints.showing[kind]:
                if after:
                    found |= {each for each in self._pointing(name, field, known) if (name, each) not in fresh}
                else:
                    found |= self._pointing(name, field, records)
        return found

    def _pointing(self, kind: str, field: Field, records: list[str]) -> set[str]:
        """The records of a kind that point at one of these."""
        if field.many and records:
            return self._listing(kind, field.name, records)
        found: set[str] = set()
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            statement = f'SELECT id FROM "{kind}" WHERE "{field.name}" IN ({places})'  # noqa: S608 (declared names)
            found.update(self._do(statement, tuple(chunk)).scalars())
        return found

    def _listing(self, kind: str, field: str, records: list[str]) -> set[str]:
        """The records whose list of references holds one of these: a scan, for themes alone, which seldom change."""
        statement = (
            f'SELECT k.id FROM "{kind}" k, json_each(k."{field}") e'  # noqa: S608 (declared names)
            " WHERE json_extract(e.value, '$.value') IN (SELECT value FROM json_each(?))"
        )
        return set(self._do(statement, (json.dumps(records),)).scalars())


def _add(joined: Joined, more: Mapping[str, Collection[str]]) -> None:
    """Add records, by kind, to others."""
    for kind, records in more.items():
        joined.setdefault(kind, set()).update(records)
