"""The records of a store: one, some, all of a kind, or those that words or keys find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from outreach_app.model.kinds import Registry
from outreach_app.store.blueprints import Blueprints, KeysOf
from outreach_app.store.clusters import together
from outreach_app.store.databases import Database
from outreach_app.store.indexes import behind, catch_up
from outreach_app.store.searching import Found, find, find_each
from outreach_app.store.statements import Statements
from outreach_app.store.sweeps import unswept
from outreach_app.store.views import NOTHING, View, Views


class RecordReader:
    """What is asked of the records. What it gives out is frozen and may cross threads."""

    def __init__(self, database: Database, registry: Registry, keys_of: KeysOf | None) -> None:
        self._database = database
        self._blueprints = Blueprints(registry, keys_of)
        self.registry = registry

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; within a change, the one that the change is made on."""
        with self._database.reading() as connection:
            yield connection

    def get(self, kind: str, record: str) -> View | None:
        """One record, or None."""
        with self.reading() as connection:
            return Views(connection, self.registry).get(kind, record)

    def list(
        self, kind: str, where: Mapping[str, Any] = NOTHING, order: str = "", limit: int | None = None, offset: int = 0
    ) -> Sequence[View]:
        """The shown records of a kind (see :meth:`Views.list`)."""
        with self.reading() as connection:
            return Views(connection, self.registry).list(kind, where, order, limit, offset)

    def many(self, kind: str, records: Sequence[str]) -> Sequence[View]:
        """Those of the records that are there."""
        with self.reading() as connection:
            return Views(connection, self.registry).many(kind, records)

    def heads(self, kind: str, records: Sequence[str]) -> Sequence[View]:
        """The records, and in place of joined ones what they stand under, each once."""
        with self.reading() as connection:
            return Views(connection, self.registry).heads(kind, records)

    def count(self, kind: str, where: Mapping[str, Any] = NOTHING) -> int:
        """How many shown records a kind has."""
        with self.reading() as connection:
            return Views(connection, self.registry).count(kind, where)

    def by_code(self, kind: str, code: str) -> View | None:
        """The shown record of a kind with that code; of one that was joined, what it stands under."""
        with self.reading() as connection:
            return Views(connection, self.registry).by_code(kind, code)

    def values(self, kind: str, names: Sequence[str], where: Mapping[str, Any] = NOTHING) -> Sequence[tuple[Any, ...]]:
        """The id and these fields' values of the records that :meth:`list` would give, in no order: for counting."""
        with self.reading() as connection:
            return Views(connection, self.registry).values(kind, names, where)

    def titled(self, kind: str, title: str) -> Sequence[View]:
        """The shown records of a kind called so, accents and case apart; of a joined one, what it stands under."""
        with self.reading() as connection:
            return Views(connection, self.registry).titled(kind, title)

    def joined(self, kind: str, records: Iterable[str] | None = None) -> dict[str, str]:
        """What each joined record of a kind, or of these of it, stands under, the heads themselves apart."""
        with self.reading() as connection:
            return Views(connection, self.registry).joined(kind, records)

    def together(self, kind: str, records: Iterable[str]) -> set[str]:
        """The records of a kind, and all that stand as one with one of them."""
        with self.reading() as connection:
            return together(connection, kind, records)

    def find(self, text: str, kinds: Iterable[str] = (), limit: int = 20) -> Sequence[Found]:
        """What begins with the words of ``text``, best first: titles that begin with it before all others."""
        self.catch_up()
        with self.reading() as connection:
            return find(connection, text, self._in_forms(kinds), limit)

    def find_each(self, text: str, kinds: Iterable[str] = (), each: int = 4, limit: int = 12) -> Sequence[Found]:
        """The best few of every kind (see :func:`searching.find_each`)."""
        self.catch_up()
        with self.reading() as connection:
            behind = {name for name, kind in self.registry.items() if kind.named_by_others}
            return find_each(connection, text, list(kinds) or self._in_forms(kinds), behind, each, limit)

    def _in_forms(self, kinds: Iterable[str]) -> Sequence[str]:
        """Those of the kinds in the order they are shown, or all that people make."""
        wanted = set(kinds) or {name for name, kind in self.registry.items() if kind.about.in_forms}
        return [name for name in self.registry if name in wanted]

    def looked_up(self, kind: str, ranges: Iterable[tuple[str, str]], enough: int = 60) -> Sequence[View]:
        """Records of a kind with a lookup key in one of the ranges [low, high), until there are ``enough``."""
        self.catch_up()
        found: dict[str, None] = {}
        with self.reading() as connection:
            for low, high in ranges:
                rows = Statements(connection)(
                    "SELECT record FROM lookups WHERE key >= ? AND key < ? AND kind = ? LIMIT ?",
                    (low, high, kind, enough),
                )
                found.update(dict.fromkeys(rows.scalars()))
                if len(found) >= enough:
                    break
            return Views(connection, self.registry).heads(kind, list(found))

    def everything(self, kind: str) -> Sequence[View]:
        """All records of a kind, also those not shown (see :meth:`Views.everything`)."""
        with self.reading() as connection:
            return Views(connection, self.registry).everything(kind)

    def catch_up(self) -> None:
        """Index what was saved since somebody last looked; a save does not wait for that, whoever looks does."""
        with self.reading() as connection:
            waiting = behind(connection)
        if waiting and self._database.may_change:
            with unswept(), self._database.changing(durable=False) as connection:
                catch_up(connection, self._blueprints)
