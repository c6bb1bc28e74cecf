"""The tables people see, made from the journal: for each record touched, its row, titles, search words and decisions.

A row is a function of the record's standing writes, of the titles of the records it points at, and of the links that
join it. So what is live equals what a rebuild gives, whatever order the changes came in.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from outreach_app.journal.standing import DELETED, RecordState, fold
from outreach_app.model.codes import record_code
from outreach_app.model.fields import Field
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.model.kinds import Kind, Registry
from outreach_app.store.clusters import linked, recluster
from outreach_app.store.fittings import parted
from outreach_app.store.journals import Journal, RecordJournal, chunks
from outreach_app.store.searching import index_words
from outreach_app.store.words import column_value, sort_key, title_of, words_of

KeysOf = Callable[[str, Mapping[str, Any]], Collection[str]]
"""The lookup keys of a record of a kind, from its values: what singles a person or organization out."""

_OWN = ("id", "code", "title", "sort_key", "made_at", "made_by", "made_on", "source", "changed_at", "shown",
        "stands_under", "to_decide", "extra")  # fmt: skip
_ROUNDS = 5
"""How far a changed title travels: an answer shows its feedback, which shows its event; nothing is deeper."""


@dataclass
class KindTable:
    """How one kind's rows are written."""

    kind: Kind

    @cached_property
    def rules(self) -> dict[str, Any]:
        """Each declared field's rule."""
        return {field.name: field.rule for field in self.kind.fields}

    @cached_property
    def upsert(self) -> str:
        """The statement that writes a row; joining is kept, for it follows from links alone."""
        names = [*_OWN, *(field.name for field in self.kind.fields)]
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in ("id", "stands_under"))
        columns = ", ".join(f'"{name}"' for name in names)
        return (
            f'INSERT INTO "{self.kind.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608 (declared names)
            f" ON CONFLICT (id) DO UPDATE SET {updates}"
        )

    @cached_property
    def pointing(self) -> tuple[Field, ...]:
        """The fields whose records' titles show in this kind's title or search."""
        return tuple(
            field
            for field in self.kind.fields
            if field.refers_to and (field.searched or field.name in self.kind.about.title)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One record's row as it should be, with what goes into the tables beside it."""

    kind: Kind
    record: str
    values: tuple[Any, ...]
    title: str
    words: str
    state: RecordState

    @property
    def indexed(self) -> bool:
        """Whether the search looks through it."""
        return self.state.shown and self.kind.about.in_forms

    @property
    def undecided(self) -> list[tuple[str, str, str, str]]:
        """Its rows of the table of what is undecided: record, field, element, kind."""
        slots = [(self.record, slot.field, slot.element, self.kind.name) for slot in self.state.undecided]
        return [*slots, (self.record, DELETED, "", self.kind.name)] if self.state.deletion_undecided else slots


class Projection:
    """Writes the tables from the journal, on one connection."""

    def __init__(self, connection: Connection, registry: Registry, keys_of: KeysOf | None) -> None:
        self._connection = connection
        self._do = connection.exec_driver_sql
        self._registry = registry
        self._keys_of = keys_of
        self._journal = Journal(connection)
        self._tables = {name: KindTable(kind) for name, kind in registry.items()}
        self._ranks: dict[str, int] = {}

    def project(self, records: Iterable[bytes]) -> dict[str, set[str]]:
        """Write anew the rows of these records and of those that show their titles; the records written, by kind."""
        touched: dict[str, set[str]] = {}
        todo = set(records)
        for _round in range(_ROUNDS):
            later: set[bytes] = set()
            for chunk in chunks(sorted(todo), 2_000):
                rows = self.rows(chunk)
                renamed = self._write(rows, touched)
                later |= {id_bytes(each) for each in self._showing(renamed, {row.record for row in rows})}
            todo = later
            if not todo:
                break
        for link in touched.get("links", ()):
            for kind, members in self._relink(link).items():
                touched.setdefault(kind, set()).update(members)
        return touched

    def _relink(self, link: str) -> dict[str, set[str]]:
        """Set anew what stands under what, for the two records of a link."""
        raw = id_bytes(link)
        # from all that was ever written of it: an undone link's fields are empty, and its records are to part again
        writes = [each.write for each in self._journal.load([raw])[raw].writes]
        said = {write.slot.field: str(write.value) for write in writes if write.value}
        kind = said.get("of_kind", "")
        if not self._joined(kind):
            return {}
        pair = [said[end] for end in ("one_record", "other_record") if end in said]
        return {kind: recluster(self._connection, kind, pair)}

    def _joined(self, kind: str) -> bool:
        """Whether links may join records of a kind."""
        return kind in self._registry and self._registry[kind].about.joinable and "links" in self._registry

    def rows(self, records: Iterable[bytes]) -> list[Row]:
        """The rows of these records as the journal and the titles now in the tables make them."""
        return self.made(self._journal.load(records))

    def live(self, row: Row) -> bool | None:
        """Whether a row stands in its table just so (joining apart); None where it is not there at all."""
        names = [*_OWN, *(field.name for field in row.kind.fields)]
        columns = ", ".join(f'"{name}"' for name in names)
        found = self._do(f'SELECT {columns} FROM "{row.kind.name}" WHERE id = ?', (row.record,)).first()  # noqa: S608 (declared names)
        if found is None:
            return None
        under = names.index("stands_under")
        return all(live == made for at, (live, made) in enumerate(zip(found, row.values, strict=True)) if at != under)

    def made(self, loaded: Mapping[bytes, RecordJournal]) -> list[Row]:
        """The rows that these journals, by record, and the titles now in the tables make; what shows others last."""
        states = []
        wanted: set[str] = set()
        for raw, journal in loaded.items():
            table = self._tables.get(journal.kind)
            if table is None:
                continue  # a kind that only a newer program knows: kept in the journal and passed on
            stand = journal.standing()
            state = fold(table.rules, stand)
            known, odd = parted(table.kind, state.values)
            state = replace(state, values=known)
            states.append((raw, journal, table, state, odd))
            for field in table.pointing:
                wanted.update(_pointed(field, state.values.get(field.name)))
        states.sort(key=lambda item: self._rank(item[2].kind.name))
        titles = self._titles(wanted)
        made = []
        for raw, journal, table, state, odd in states:
            row = self._row(id_text(raw), journal, table.kind, state, odd, titles)
            titles[row.record] = row.title
            made.append(row)
        return made

    def _row(
        self,
        record: str,
        journal: RecordJournal,
        kind: Kind,
        state: RecordState,
        extra: Mapping[str, Any],
        titles: Mapping[str, str],
    ) -> Row:
        values = state.values
        first = min(journal.writes, key=lambda each: (each.clock, each.write.id))
        code = str(values.get("short_code") or "") if kind.about.short_code else ""
        code = code or record_code(record)
        title = title_of(kind, values, titles)
        undecided = len(state.undecided) + state.deletion_undecided
        columns = (
            record, code, title, sort_key(title), first.clock, first.author, first.device.hex(), first.source,
            max(each.clock for each in journal.writes), int(state.shown), None, undecided,
            json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None,
            *(column_value(values.get(field.name)) for field in kind.fields),
        )  # fmt: skip
        return Row(kind, record, columns, title, words_of(kind, values, titles, code), state)

    def _rank(self, kind: str, path: tuple[str, ...] = ()) -> int:
        """Kinds whose titles others show come first."""
        if kind not in self._ranks:
            below = {field.refers_to for field in self._tables[kind].pointing} - {*path, kind}
            rank = 1 + max((self._rank(each, (*path, kind)) for each in below if each in self._tables), default=0)
            if path:
                return rank
            self._ranks[kind] = rank
        return self._ranks[kind]

    def _titles(self, records: Collection[str]) -> dict[str, str]:
        """The titles now in the tables of the records that are there."""
        found: dict[str, str] = {}
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            by_kind: dict[str, list[str]] = {}
            for record, kind in self._do(
                f"SELECT record, kind FROM search_rows WHERE record IN ({places})",  # noqa: S608 (only question marks)
                tuple(chunk),
            ):
                by_kind.setdefault(kind, []).append(record)
            for kind, members in by_kind.items():
                found.update((record, title) for record, (title, _shown) in self._before(kind, members).items())
        return found

    def _write(self, rows: list[Row], touched: dict[str, set[str]]) -> dict[str, list[str]]:
        """Put rows in the tables, and add them to ``touched``; the records whose titles changed, by kind."""
        renamed: dict[str, list[str]] = {}
        by_kind: dict[str, list[Row]] = {}
        for row in rows:
            by_kind.setdefault(row.kind.name, []).append(row)
        for name, members in by_kind.items():
            touched.setdefault(name, set()).update(row.record for row in members)
            before = self._before(name, [row.record for row in members])
            self._do(self._tables[name].upsert, [row.values for row in members])
            changed = [row.record for row in members if before.get(row.record, (None,))[0] != row.title]
            if changed:
                renamed[name] = changed
            if self._joined(name):
                moved = [row.record for row in members if before.get(row.record, (None, None))[1] != row.state.shown]
                touched[name] |= recluster(self._connection, name, linked(self._connection, moved))
        self._write_beside(rows)
        return renamed

    def _before(self, kind: str, records: Collection[str]) -> dict[str, tuple[str, bool]]:
        """Title and whether it is shown, of those of the records that have a row."""
        found: dict[str, tuple[str, bool]] = {}
        for chunk in chunks(records):
            places = ",".join("?" * len(chunk))
            rows = self._do(f'SELECT id, title, shown FROM "{kind}" WHERE id IN ({places})', tuple(chunk))  # noqa: S608 (declared names)
            found.update((record, (title, bool(shown))) for record, title, shown in rows)
        return found

    def _write_beside(self, rows: list[Row]) -> None:
        """Search, lookup keys and what is undecided, for rows just written."""
        self._do("DELETE FROM undecided WHERE record = ?", [(row.record,) for row in rows])
        slots = [slot for row in rows for slot in row.undecided]
        if slots:
            self._do("INSERT INTO undecided (record, field, element, kind) VALUES (?,?,?,?)", slots)
        index_words(self._connection, rows)
        keyed = [(row.record,) for row in rows if self._keys_of and row.kind.about.joinable]
        if keyed:
            self._do("DELETE FROM lookups WHERE record = ?", keyed)
        keys = [key for row in rows for key in self._keys(row)]
        if keys:
            self._do("INSERT OR IGNORE INTO lookups (key, record, kind) VALUES (?,?,?)", keys)

    def _keys(self, row: Row) -> list[tuple[str, str, str]]:
        """Its rows of the table of lookups: key, record, kind."""
        if self._keys_of is None or not row.kind.about.joinable or not row.state.shown:
            return []
        return [(key, row.record, row.kind.name) for key in self._keys_of(row.kind.name, row.state.values)]

    def misfiled(self, rows: Sequence[Row]) -> set[str]:
        """Of these records, those that are not to decide, or not looked up, as they should be."""
        made: dict[str, set[Any]] = {"undecided": {slot for row in rows for slot in row.undecided}}
        if self._keys_of is not None:
            made["lookups"] = {key for row in rows for key in self._keys(row)}
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

    def _showing(self, renamed: Mapping[str, list[str]], fresh: Collection[str]) -> set[str]:
        """The records that show the titles of these, and must be written again.

        Of the ``fresh``, which were written together with these, those come after them and show the new titles already.
        """
        found: set[str] = set()
        for kind, records in renamed.items():
            for name, table in self._tables.items():
                fields = [field for field in table.pointing if field.refers_to == kind]
                showing = set().union(*(self._pointing(name, field, records) for field in fields))
                found |= showing.difference(fresh) if self._rank(name) > self._rank(kind) else showing
        return found

    def _pointing(self, kind: str, field: Field, records: list[str]) -> set[str]:
        """The records of a kind that point at one of these."""
        if field.many:
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


def _pointed(field: Field, value: Any) -> Iterable[str]:
    if not value:
        return ()
    return [element["value"] for element in value] if field.many else (value,)
