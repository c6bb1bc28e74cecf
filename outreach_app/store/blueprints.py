"""How rows are made of records: for each kind its statement, its rules, whose titles it shows. Made once a store."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from outreach_app.journal.standing import DELETED, RecordState, fold
from outreach_app.model.codes import record_code
from outreach_app.model.fields import Field
from outreach_app.model.kinds import Kind, Registry
from outreach_app.store.fittings import fitting, parted
from outreach_app.store.record_journals import RecordJournal, Span
from outreach_app.store.views import View
from outreach_app.store.words import column_value, sort_key, title_of, words_of

KeysOf = Callable[[str, Mapping[str, Any]], Collection[str]]
"""The lookup keys of a record of a kind, from its values: what singles a person or organization out."""

_OWN = ("id", "code", "title", "sort_key", "made_at", "made_by", "made_on", "source", "changed_at", "shown",
        "stands_under", "to_decide", "extra")  # fmt: skip

_SAME = ("id", "code", "title", "sort_key", "made_at", "stands_under")


@dataclass
class KindTable:
    """How one kind's rows are written."""

    kind: Kind

    @cached_property
    def rules(self) -> dict[str, Any]:
        """Each declared field's rule."""
        return {field.name: field.rule for field in self.kind.fields}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The declared fields' names."""
        return tuple(self.rules)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order of a row's values."""
        return (*_OWN, *self.names)

    @cached_property
    def upsert(self) -> str:
        """The statement that writes a row; joining is kept, for it follows from links alone."""
        kept = ("id", "stands_under")
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in self.columns if name not in kept)
        columns = ", ".join(f'"{name}"' for name in self.columns)
        return (
            f'INSERT INTO "{self.kind.name}" ({columns}) VALUES ({", ".join("?" * len(self.columns))})'  # noqa: S608 (declared names)
            f" ON CONFLICT (id) DO UPDATE SET {updates}"
        )

    @cached_property
    def update(self) -> str:
        """The statement that writes a row again whose code, title and beginning are what they were: their indexes are
        left alone."""
        updates = ", ".join(f'"{name}" = ?' for name in self.columns if name not in _SAME)
        return f'UPDATE "{self.kind.name}" SET {updates} WHERE id = ?'  # noqa: S608 (declared names)

    @cached_property
    def updated(self) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
        """The values of that statement, of a row's values."""
        return itemgetter(*(at for at, name in enumerate(self.columns) if name not in _SAME), 0)

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
    """One record's row as it should be."""

    kind: Kind
    record: str
    code: str
    title: str
    titles: Mapping[str, str]  # of the records it points at
    values: tuple[Any, ...]
    state: RecordState
    made_at: int

    @property
    def undecided(self) -> list[tuple[str, str, str, str]]:
        """Its rows of the table of what is undecided: record, field, element, kind."""
        slots = [(self.record, slot.field, slot.element, self.kind.name) for slot in self.state.undecided]
        return [*slots, (self.record, DELETED, "", self.kind.name)] if self.state.deletion_undecided else slots


class Entry(NamedTuple):
    """What the index holds of a record: the words it is found by, "" where nobody looks for it; its lookup keys."""

    record: str
    kind: str
    words: str
    keys: Collection[str]


class Showing(NamedTuple):
    """A field by which records of a kind show the titles of another. ``after``: they are written after those."""

    kind: str
    field: Field
    after: bool


class Blueprints:
    """How the rows of a registry's kinds are made."""

    def __init__(self, registry: Registry, keys_of: KeysOf | None) -> None:
        self.registry = registry
        self.tables = {name: KindTable(kind) for name, kind in registry.items()}
        self.keys_of = keys_of
        self.ranks = {name: self._rank(name) for name in self.tables}
        self.joinable = {name for name, kind in registry.items() if kind.about.joinable and "links" in registry}
        self.showing: dict[str, list[Showing]] = {name: [] for name in self.tables}
        for name, table in self.tables.items():
            for field in table.pointing:
                if field.refers_to in self.showing:
                    after = self.ranks[name] > self.ranks[field.refers_to]
                    self.showing[field.refers_to].append(Showing(name, field, after))

    def _rank(self, kind: str, path: tuple[str, ...] = ()) -> int:
        """Kinds whose titles others show come first."""
        below = {field.refers_to for field in self.tables[kind].pointing} - {*path, kind}
        return 1 + max((self._rank(each, (*path, kind)) for each in below if each in self.tables), default=0)

    def entry(self, found: View) -> Entry:
        """What the index is to hold of a record that is in its table."""
        return self._entry(found.kind, found.id, found.shown, found.values, found.titles, found.code)

    def entry_of(self, row: Row) -> Entry:
        """What the index is to hold of a record whose row this should be."""
        return self._entry(row.kind.name, row.record, row.state.shown, row.state.values, row.titles, row.code)

    def _entry(
        self, kind: str, record: str, shown: bool, values: Mapping[str, Any], titles: Mapping[str, str], code: str
    ) -> Entry:
        declared = self.registry[kind]
        words = words_of(declared, values, titles, code) if shown and declared.about.in_forms else ""
        looked_up = shown and declared.about.joinable and self.keys_of is not None
        return Entry(record, kind, words, self.keys_of(kind, values) if looked_up and self.keys_of else ())


@dataclass(frozen=True, slots=True)
class Folded:
    """One record as its journal shows it, before the titles of others are known."""

    record: str
    table: KindTable
    began: Span
    state: RecordState
    extra: Mapping[str, Any]  # what does not fit the declared fields: a newer program wrote it

    @classmethod
    def of(cls, record: str, table: KindTable, journal: RecordJournal) -> "Folded":
        """The record of a table's kind that a journal makes."""
        kind = table.kind.name
        stand = journal.of(kind).standing()
        fit = fitting(table.kind, stand)
        state = fold(table.rules, fit)
        known, odd = parted(table.kind, state.values)
        if len(fit) < len(stand):  # what fits no field hides nothing that does, and is kept beside it
            fits = {each.write.id for each in fit}
            odd |= fold(table.rules, [each for each in stand if each.write.id not in fits]).values
        return cls(record, table, journal.kinds[kind], replace(state, values=known), odd)

    def pointed(self) -> Iterable[tuple[str, str]]:
        """The records whose titles it shows, each with its kind."""
        for field in self.table.pointing:
            value = self.state.values.get(field.name)
            for each in [element["value"] for element in value or ()] if field.many else [value] if value else ():
                yield field.refers_to, each

    def row(self, titles: Mapping[str, str]) -> Row:
        """Its row, where others are called so."""
        kind, values, extra = self.table.kind, self.state.values, self.extra
        made, changed_at = self.began.made, self.began.changed_at
        code = str(values.get("short_code") or "") if kind.about.short_code else ""
        code = code or record_code(self.record)
        title = title_of(kind, values, titles)
        undecided = len(self.state.undecided) + self.state.deletion_undecided
        columns = (
            self.record, code, title, sort_key(title), made.clock, made.author, made.device.hex(), made.source,
            changed_at, int(self.state.shown), None, undecided,
            json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None,
            *(value if value is None else column_value(value) for value in map(values.get, self.table.names)),
        )  # fmt: skip
        return Row(kind, self.record, code, title, titles, columns, self.state, made.clock)
