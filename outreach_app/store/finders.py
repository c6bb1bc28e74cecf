"""What is found in a store: by words, spelled so or nearly so, and by the keys that single somebody out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from outreach_app.model.kinds import Registry
from outreach_app.store.blueprints import Blueprints
from outreach_app.store.databases import Database
from outreach_app.store.indexes import behind, catch_up
from outreach_app.store.searching import Found, find, find_each
from outreach_app.store.statements import Statements
from outreach_app.store.sweeps import unswept
from outreach_app.store.views import View, Views


class Finder:
    """The part of a store that is asked for what somebody looks for."""

    registry: Registry
    _database: Database
    _blueprints: Blueprints

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; within a change, the one that the change is made on."""
        with self._database.reading() as connection:
            yield connection

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

    def catch_up(self) -> None:
        """Index what was saved since somebody last looked; a save does not wait for that, whoever looks does."""
        with self.reading() as connection:
            waiting = behind(connection)
        if waiting and self._database.may_change:
            with unswept(), self._database.changing(durable=False) as connection:
                catch_up(connection, self._blueprints)
