"""What is read of records: frozen, so that it may cross into the window and other threads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select

from outreach_app.model.fields import Field, Shape
from outreach_app.model.kinds import Kind, Registry
from outreach_app.store.clusters import members
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


class Views:
    """Reads records of one connection as views."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self._connection = connection
        self._registry = registry

    def get(self, kind: str, record: str) -> View | None:
        """One record, shown or not; None where there is none of that id."""
        table = self._registry[kind].table
        found = self._views(self._registry[kind], select(table).where(table.c.id == record))
        return found[0] if found else None

    def list(
        self, kind: str, where: Mapping[str, Any] = NOTHING, order: str = "", limit: int | None = None, offset: int = 0
    ) -> Sequence[View]:
        """The shown records of a kind, one for each joined group.

        ``where`` gives fields their values (a tuple of values: any of them); ``order`` is a field or column, ``-``
        before it for falling; by title where it is empty.
        """
        table = self._registry[kind].table
        asked = self._asked(kind, where, select(table))
        name = order.lstrip("-")
        column = table.c[name] if name else table.c.sort_key
        asked = asked.order_by(column.desc() if order.startswith("-") else column.asc(), table.c.id)
        return self._views(self._registry[kind], asked.limit(limit).offset(offset) if limit is not None else asked)

    def everything(self, kind: str) -> Sequence[View]:
        """All records of a kind, also those not shown and those that stand under another, in the order made."""
        table = self._registry[kind].table
        return self._views(self._registry[kind], select(table).order_by(table.c.made_at, table.c.id))

    def count(self, kind: str, where: Mapping[str, Any] = NOTHING) -> int:
        """How many :meth:`list` would give."""
        table = self._registry[kind].table
        return int(
            self._connection.execute(self._asked(kind, where, select(func.count()).select_from(table))).scalar_one()
        )

    def many(self, kind: str, records: Sequence[str]) -> Sequence[View]:
        """Those of the records that are there, in the order given."""
        table = self._registry[kind].table
        found: dict[str, View] = {}
        for first in range(0, len(records), 400):
            chunk = records[first : first + 400]
            found.update(
                (view.id, view)
                for view in self._views(self._registry[kind], select(table).where(table.c.id.in_(chunk)))
            )
        return [found[record] for record in records if record in found]

    def values(self, kind: str, names: Sequence[str], where: Mapping[str, Any] = NOTHING) -> Sequence[tuple[Any, ...]]:
        """The id and these fields' values of the records that :meth:`list` would give, in no order: for counting."""
        table = self._registry[kind].table
        asked = select(table.c.id, *(table.c[name] for name in names))
        return [tuple(row) for row in self._connection.execute(self._asked(kind, where, asked))]

    def by_code(self, kind: str, code: str) -> View | None:
        """The shown record with that code; of a joined one, what it stands under: codes stay on paper for good."""
        table = self._registry[kind].table
        found = self._connection.execute(
            select(table.c.id).where(table.c.code == code, table.c.shown).limit(1)
        ).scalar()
        heads = self.heads(kind, [found]) if found else ()
        return heads[0] if heads else None

    def titled(self, kind: str, title: str) -> Sequence[View]:
        """The shown records called so, accents and case apart; of a joined one, what it stands under."""
        table = self._registry[kind].table
        asked = select(table.c.id).where(table.c.sort_key == sort_key(title), table.c.shown).order_by(table.c.id)
        return self.heads(kind, self._connection.execute(asked).scalars().all())

    def joined(self, kind: str) -> dict[str, str]:
        """What each joined record of a kind stands under, the heads themselves apart."""
        table = self._registry[kind].table
        asked = select(table.c.id, table.c.stands_under).where(table.c.stands_under.is_not(None))
        return {record: str(head) for record, head in self._connection.execute(asked)}

    def heads(self, kind: str, records: Sequence[str]) -> Sequence[View]:
        """The records, and in place of joined ones what they stand under, each once and in the order given."""
        views = self.many(kind, records)
        under = {view.stands_under for view in views if view.stands_under}.difference(view.id for view in views)
        known = {view.id: view for view in (*views, *self.many(kind, sorted(under)))}
        wanted = dict.fromkeys(view.stands_under or view.id for view in views)
        return [known[each] for each in wanted if each in known]

    def titles(self, kind: str, records: Iterable[str]) -> dict[str, str]:
        """Titles by id."""
        table = self._registry[kind].table
        wanted = list(dict.fromkeys(records))
        found: dict[str, str] = {}
        for first in range(0, len(wanted), 400):
            asked = select(table.c.id, table.c.title).where(table.c.id.in_(wanted[first : first + 400]))
            found.update((record, title) for record, title in self._connection.execute(asked))
        return found

    def _asked(self, kind: str, where: Mapping[str, Any], asked: Select[Any]) -> Select[Any]:
        declared = self._registry[kind]
        table = declared.table
        asked = asked.where(table.c.shown, table.c.stands_under.is_(None))
        for name, value in where.items():
            column, known = table.c[name], declared.field(name)
            if known and known.refers_to and isinstance(value, str):
                value = self._joined(known, value)
            if known and known.many:
                elements = func.json_each(column).table_valued("value")
                held = func.json_extract(elements.c.value, "$.value") == value
                asked = asked.where(select(1).select_from(elements).where(held).exists())
            elif isinstance(value, tuple | list):
                asked = asked.where(column.in_(value))
            else:
                asked = asked.where(column.is_(None) if value is None else column == value)
        return asked

    def _joined(self, known: Field, record: str) -> Any:
        """A record, or all that stand as one with it."""
        referred = self._registry.get(known.refers_to)
        if referred is None or not referred.about.joinable:
            return record
        cluster = members(self._connection, known.refers_to, record)
        return tuple(cluster) if len(cluster) > 1 else record

    def _views(self, kind: Kind, asked: Select[Any]) -> Sequence[View]:
        rows = self._connection.execute(asked).mappings().all()
        titles = self._titles_of(kind, rows)
        return [_view(kind, row, titles) for row in rows]

    def _titles_of(self, kind: Kind, rows: Sequence[Any]) -> dict[str, str]:
        titles: dict[str, str] = {}
        for known in kind.fields:
            if known.shape is Shape.REFERENCE and known.refers_to in self._registry:
                pointed = {each for row in rows for each in _ids(known, row[known.name])}
                if pointed:
                    titles.update(self.titles(known.refers_to, pointed))
        return titles


def _ids(known: Field, value: Any) -> Iterable[str]:
    if not value:
        return ()
    return [element["value"] for element in value] if known.many else (value,)


def _view(kind: Kind, row: Mapping[Any, Any], titles: dict[str, str]) -> View:
    values = {known.name: row[known.name] for known in kind.fields}
    own = {
        each: titles[each]
        for known in kind.fields
        if known.refers_to
        for each in _ids(known, values[known.name])
        if each in titles
    }
    return View(
        kind.name, row["id"], row["code"], row["title"], values, own, row["made_at"], row["made_by"], row["made_on"],
        row["source"], row["changed_at"], row["shown"], row["stands_under"], row["to_decide"],
    )  # fmt: skip
