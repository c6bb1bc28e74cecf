"""What is read of records: frozen, so that it may cross into the window and other threads."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy import Connection

from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.kinds import Kind, Registry
from outreach_app.store.clusters import members
from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements
from outreach_app.store.words import sort_key

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class View:
    """One record as it stands. ``values``: by field; a list field's ``[{"id", "value"}, ...]``."""

    kind: str
    id: str
    code: str
    title: str
    values: Mapping[str, Any]
    titles: Mapping[str, str] = field(default_factory=dict)  # of the records its fields point at, by id
    made_at: int = 0
    made_by: str = ""
    made_on: str = ""
    source: str = ""
    changed_at: int = 0
    shown: bool = True
    stands_under: str | None = None
    to_decide: int = 0

    def elements(self, name: str) -> list[Any]:
        """The values of a list field, without their ids."""
        return [element["value"] for element in self.values.get(name) or ()]


_OWN = ("id", "code", "title", "made_at", "made_by", "made_on", "source", "changed_at", "shown", "stands_under",
        "to_decide")  # fmt: skip
_SHOWN = "shown AND stands_under IS NULL"


class Columns:
    """How one kind's rows are read: the columns' names, and which of them hold JSON or truth."""

    _known: ClassVar[dict[int, "Columns"]] = {}

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.fields = [field.name for field in kind.fields]
        self.names = frozenset(kind.table.c.keys())
        self.lists = [field.name for field in kind.fields if field.rule is Rule.LIST]
        self.truths = [field.name for field in kind.fields if field.shape is Shape.YES_NO and not field.many]
        self.references = [field for field in kind.fields if field.refers_to and field.shape is Shape.REFERENCE]

    @classmethod
    def of(cls, kind: Kind) -> "Columns":
        """Those of a kind; made once. Kinds of two registries may share a record and have other fields."""
        if id(kind) not in cls._known:
            cls._known[id(kind)] = cls(kind)  # which holds the kind, so that its id is nobody else's
        return cls._known[id(kind)]

    @cached_property
    def select(self) -> str:
        """The statement that reads whole rows, for a condition to follow."""
        columns = ", ".join(f'"{name}"' for name in (*_OWN, *self.fields))
        return f'SELECT {columns} FROM "{self.kind.name}"'  # noqa: S608 (declared names)

    def named(self, name: str) -> str:
        """A column as statements name it; KeyError for one that the kind does not have."""
        if name not in self.names:
            raise KeyError(name)
        return f'"{name}"'

    def values(self, names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
        """The values of columns, as fields hold them."""
        found = dict(zip(names, row, strict=True))
        for name in self.lists:
            if found.get(name) is not None:
                found[name] = json.loads(found[name])
        for name in self.truths:
            if found.get(name) is not None:
                found[name] = bool(found[name])
        return found


class Views:
    """Reads records of one connection as views."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._do = Statements(connection)
        self._registry = registry

    def get(self, kind: str, record: str) -> View | None:
        """One record, shown or not; None where there is none of that id."""
        found = self._views(self._registry[kind], "WHERE id = ?", (record,))
        return found[0] if found else None

    def list(
        self, kind: str, where: Mapping[str, Any] = NOTHING, order: str = "", limit: int | None = None, offset: int = 0
    ) -> Sequence[View]:
        """The shown records of a kind, one for each joined group.

        ``where`` gives fields their values (a tuple of values: any of them; False: no, or not said; of a list field
        what it holds among others); ``order`` is a field or column, ``-`` before it for falling, or else the title.
        """
        condition, values = self._where(kind, where)
        column = Columns.of(self._registry[kind]).named(order.lstrip("-") or "sort_key")
        asked = f"{condition} ORDER BY {column} {'DESC' if order.startswith('-') else 'ASC'}, id"
        if limit is not None:
            asked, values = f"{asked} LIMIT ? OFFSET ?", (*values, limit, offset)
        return self._views(self._registry[kind], asked, values)

    def everything(self, kind: str) -> Sequence[View]:
        """All records of a kind, also those not shown and those that stand under another, in the order made."""
        return self._views(self._registry[kind], "ORDER BY made_at, id")

    def names(self, kind: str) -> dict[str, tuple[str, str]]:
        """The title and code of all records of a kind, by id."""
        rows = self._do(f'SELECT id, title, code FROM "{kind}"')  # noqa: S608 (a declared kind)
        return {record: (title, code) for record, title, code in rows}

    def count(self, kind: str, where: Mapping[str, Any] = NOTHING) -> int:
        """How many :meth:`list` would give. All of a kind are not counted: that is known."""
        if not where:
            known = self._do("SELECT listed FROM listed_counts WHERE kind = ?", (self._registry[kind].name,)).scalar()
            return int(known or 0)
        condition, values = self._where(kind, where)
        return int(self._do(f'SELECT count(*) FROM "{kind}" {condition}', values).scalar())  # noqa: S608 (a declared kind)

    def many(self, kind: str, records: Sequence[str]) -> Sequence[View]:
        """Those of the records that are there, in the order given."""
        found: dict[str, View] = {}
        for chunk in chunks(records):
            asked = f"WHERE id IN ({','.join('?' * len(chunk))})"
            found.update((view.id, view) for view in self._views(self._registry[kind], asked, tuple(chunk)))
        return [found[record] for record in records if record in found]

    def values(self, kind: str, names: Sequence[str], where: Mapping[str, Any] = NOTHING) -> Sequence[tuple[Any, ...]]:
        """The id and these fields' values of the records that :meth:`list` would give, in no order: for counting."""
        columns = Columns.of(self._registry[kind])
        condition, values = self._where(kind, where)
        wanted = ", ".join(["id", *map(columns.named, names)])
        rows = self._do(f'SELECT {wanted} FROM "{kind}" {condition}', values)  # noqa: S608 (declared names)
        return [(record, *columns.values(names, row).values()) for record, *row in rows]

    def by_code(self, kind: str, code: str) -> View | None:
        """The shown record with that code; of a joined one, what it stands under: codes stay on paper for good."""
        found = self._do(f'SELECT id FROM "{kind}" WHERE code = ? AND shown LIMIT 1', (code,)).scalar()  # noqa: S608 (a declared kind)
        heads = self.heads(kind, [found]) if found else ()
        return heads[0] if heads else None

    def titled(self, kind: str, title: str) -> Sequence[View]:
        """The shown records called so, accents and case apart; of a joined one, what it stands under."""
        asked = f'SELECT id FROM "{kind}" WHERE sort_key = ? AND shown ORDER BY id'  # noqa: S608 (a declared kind)
        return self.heads(kind, self._do(asked, (sort_key(title),)).scalars())

    def joined(self, kind: str, records: Iterable[str] | None = None) -> dict[str, str]:
        """What each joined record of a kind, or of these of it, stands under, the heads themselves apart."""
        asked = f'SELECT id, stands_under FROM "{kind}" WHERE stands_under IS NOT NULL'  # noqa: S608 (a declared kind)
        if records is None:
            return dict(self._do(asked).all())
        found: dict[str, str] = {}
        for chunk in chunks(records):
            found.update(self._do(f"{asked} AND id IN ({','.join('?' * len(chunk))})", tuple(chunk)).all())
        return found

    def heads(self, kind: str, records: Sequence[str]) -> Sequence[View]:
        """The records, and in place of joined ones what they stand under, each once and in the order given."""
        views = self.many(kind, records)
        under = {view.stands_under for view in views if view.stands_under}.difference(view.id for view in views)
        known = {view.id: view for view in (*views, *self.many(kind, sorted(under)))}
        wanted = dict.fromkeys(view.stands_under or view.id for view in views)
        return [known[each] for each in wanted if each in known]

    def titles(self, kind: str, records: Iterable[str]) -> dict[str, str]:
        """Titles by id."""
        found: dict[str, str] = {}
        for chunk in chunks(dict.fromkeys(records)):
            asked = f'SELECT id, title FROM "{kind}" WHERE id IN ({",".join("?" * len(chunk))})'  # noqa: S608 (a declared kind)
            found.update(self._do(asked, tuple(chunk)).all())
        return found

    def _where(self, kind: str, where: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """The condition on the shown records of a kind, and its values."""
        declared, columns = self._registry[kind], Columns.of(self._registry[kind])
        parts: list[str] = [_SHOWN]
        values: list[Any] = []
        for name, value in where.items():
            column, known = columns.named(name), declared.field(name)
            if known and known.refers_to and isinstance(value, str):
                value = self._joined(known, value)
            if known and known.many and value is not None:
                wanted = value if isinstance(value, tuple | list) else (value,)
                held = f"json_extract(e.value, '$.value') IN ({','.join('?' * len(wanted))})"
                parts.append(f"EXISTS (SELECT 1 FROM json_each({column}) e WHERE {held})")  # noqa: S608 (declared names)
                values += wanted
            elif known and known.many:
                parts.append(f"coalesce(json_array_length({column}), 0) = 0")
            elif isinstance(value, tuple | list):
                said = [each for each in value if each is not None]
                within = f"{column} IN ({','.join('?' * len(said))})"
                parts.append(within if len(said) == len(value) else f"({within} OR {column} IS NULL)")
                values += said
            elif value is False:
                parts.append(f"NOT coalesce({column}, 0)")
            elif value is None:
                parts.append(f"{column} IS NULL")
            else:
                parts.append(f"{column} = ?")
                values.append(value)
        return f"WHERE {' AND '.join(parts)}", tuple(values)

    def _joined(self, known: Field, record: str) -> Any:
        """A record, or all that stand as one with it."""
        referred = self._registry.get(known.refers_to)
        if referred is None or not referred.about.joinable:
            return record
        cluster = members(self._connection, known.refers_to, record)
        return tuple(cluster) if len(cluster) > 1 else record

    def _views(self, kind: Kind, asked: str, values: tuple[Any, ...] = ()) -> Sequence[View]:
        columns = Columns.of(kind)
        rows = self._do(f"{columns.select} {asked}", values).all()
        read = [(row, columns.values(columns.fields, row[len(_OWN) :])) for row in rows]
        titles = self._titles_of(columns, [own for _row, own in read])
        return [_view(columns, row, own, titles) for row, own in read]

    def _titles_of(self, columns: Columns, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        titles: dict[str, str] = {}
        for known in columns.references:
            if known.refers_to in self._registry:
                pointed = {each for row in rows for each in _ids(known, row[known.name])}
                if pointed:
                    titles.update(self.titles(known.refers_to, pointed))
        return titles


def _ids(known: Field, value: Any) -> Iterable[str]:
    if not value:
        return ()
    return [element["value"] for element in value] if known.many else (value,)


def _view(columns: Columns, row: Sequence[Any], values: Mapping[str, Any], titles: Mapping[str, str]) -> View:
    record, code, title, made_at, made_by, made_on, *rest = row[: len(_OWN)]
    source, changed_at, shown, stands_under, to_decide = rest
    pointed = (each for known in columns.references for each in _ids(known, values[known.name]))
    own = {each: titles[each] for each in pointed if each in titles}
    return View(
        columns.kind.name, record, code, title, values, own, made_at, made_by, made_on, source, changed_at, bool(shown),
        stands_under, to_decide,
    )  # fmt: skip
