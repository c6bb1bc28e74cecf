"""A store: one worker's laptop, its encrypted database and the verbs' way into it.

One thread uses a store at a time. What it gives out is frozen and may cross threads.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cbor2
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from outreach_app.journal.changes import Change, Changes, Stamped, WriteId
from outreach_app.journal.clock import Clock
from outreach_app.journal.histories import HistoryLine, history
from outreach_app.journal.standing import ready
from outreach_app.journal.undoing import undoing
from outreach_app.model.errors import InUse, NotFound, NotWritable
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.store.backups import back_up
from outreach_app.store.checkups import Checkup, check
from outreach_app.store.decisions import Decision, FoundPair, conflicts, counted, drop_pair, duplicates, keep_pairs
from outreach_app.store.drafts import Draft
from outreach_app.store.engines import open_engine, told
from outreach_app.store.exported import ExportedRecord, exported
from outreach_app.store.foundings import founding
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.journals import Journal, digested
from outreach_app.store.keys import FULL_COST, Cost, create_keys, open_keys
from outreach_app.store.projections import KeysOf, Projection
from outreach_app.store.schemas import create_schema, upgrade_schema
from outreach_app.store.searching import Found, matching
from outreach_app.store.shipping import Shipping, Whereabouts
from outreach_app.store.views import NOTHING, View, Views
from outreach_app.store.words import sort_key
from outreach_app.texts import _

DATABASE = "outreach.db"
LOCK = "outreach.lock"
EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of changes that came from elsewhere."""

    new: int
    known: int
    waiting: int  # they follow changes that have not come yet
    changes: Changes
    clashing: int = 0  # another content is held under the same number


class Store:
    """One open store."""

    def __init__(
        self,
        engine: Engine,
        registry: Registry,
        lock: FileLock | None,
        keys_of: KeysOf | None,
        clock: Clock | None,
        folder: Path | None,
        key: bytes = b"",
    ) -> None:
        self._engine = engine
        self._lock = lock
        self._keys_of = keys_of
        self._runs: dict[str, bytes] = {}
        self._at_work: Connection | None = None
        self.registry = registry
        self.clock = clock or Clock()
        self.folder = folder
        self._key = key
        with self.reading() as connection:
            self.worker: str = _setting(connection, "worker")
            self.identity = DeviceIdentity(_setting(connection, "seed"))
            self.space = SpaceKeys.from_values(_setting(connection, "space"))
            self.role: str = _setting(connection, "role")

    # opening and closing

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        worker: str,
        department: str = "",
        space: SpaceKeys | None = None,
        registry: Registry = REGISTRY,
        keys_of: KeysOf | None = None,
        clock: Clock | None = None,
        cost: Cost = FULL_COST,
    ) -> "Store":
        """A new store in an empty or missing folder: of a new space, whose coordinator ``worker`` is, or of ``space``."""
        if (folder / DATABASE).exists():
            raise InUse(_("There is already a store in this folder. Open it, or choose another folder."))
        with _writable(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder)
        key = create_keys(folder, passphrase, worker, cost)
        engine = open_engine(folder / DATABASE, key)
        _found(
            engine, registry, worker, space or SpaceKeys.new(department), "worker" if space else "coordinator", keys_of
        )
        return cls(engine, registry, lock, keys_of, clock, folder, key)

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str,
        *,
        registry: Registry = REGISTRY,
        keys_of: KeysOf | None = None,
        clock: Clock | None = None,
    ) -> "Store":
        """The store in a folder."""
        if not (folder / DATABASE).exists():
            raise NotFound(_("There is no store in this folder. Check the folder, or make a new store."))
        lock = _locked(folder)
        try:
            key = open_keys(folder, passphrase)
            engine = open_engine(folder / DATABASE, key)
            upgrade_schema(engine, registry)
            return cls(engine, registry, lock, keys_of, clock, folder, key)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def in_memory(
        cls, *, worker: str, department: str, registry: Registry = REGISTRY, keys_of: KeysOf | None = None
    ) -> "Store":
        """A store that leaves nothing on disk, for merging workbooks without one."""
        engine = open_engine(None, b"")
        _found(engine, registry, worker, SpaceKeys.new(department), "coordinator", keys_of)
        return cls(engine, registry, None, keys_of, None, None)

    def close(self) -> None:
        """Let go of the database and of the folder."""
        self._engine.dispose()
        if self._lock:
            self._lock.release()

    @property
    def department(self) -> str:
        """The department's name."""
        return self.space.department

    @property
    def device(self) -> bytes:
        """This laptop's id: 16 bytes."""
        return self.identity.device

    # connections

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; within a change, the one that the change is made on."""
        if self._at_work is not None:
            yield self._at_work
            return
        try:
            with self._engine.connect() as connection:
                yield connection
        except DBAPIError as fault:
            raise told(fault.orig or fault) from fault

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                self._at_work = connection
                yield connection
        except DBAPIError as fault:
            raise told(fault.orig or fault) from fault
        finally:
            self._at_work = None

    # reading

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

    def count(self, kind: str, where: Mapping[str, Any] = NOTHING) -> int:
        """How many shown records a kind has."""
        with self.reading() as connection:
            return Views(connection, self.registry).count(kind, where)

    def by_code(self, kind: str, code: str) -> View | None:
        """The record of a kind with that code."""
        found = self.list(kind, {"code": code}, limit=1)
        return found[0] if found else None

    def find(self, text: str, kinds: Iterable[str] = (), limit: int = 20) -> Sequence[Found]:
        """What begins with the words of ``text``, best first: titles that begin with it before all others."""
        wanted = set(kinds) or {name for name, kind in self.registry.items() if kind.about.in_forms}
        asked = sort_key(text)
        with self.reading() as connection:
            by_kind: dict[str, list[str]] = {}
            for kind, record in matching(connection, text, wanted):
                by_kind.setdefault(kind, []).append(record)
            found: dict[str, Found] = {}
            views = Views(connection, self.registry)
            for kind, records in by_kind.items():
                for record, code, title, under in _named(connection, kind, records):
                    if under is None:
                        found[record] = Found(kind, record, code, title)
                    elif under not in found:
                        found.update((v.id, Found(kind, v.id, v.code, v.title)) for v in views.many(kind, [under]))
        order = {name: place for place, name in enumerate(self.registry)}
        ranked = sorted(
            found.values(), key=lambda f: (not sort_key(f.title).startswith(asked), order[f.kind], sort_key(f.title))
        )
        return ranked[:limit]

    def looked_up(self, kind: str, ranges: Iterable[tuple[str, str]], enough: int = 60) -> Sequence[View]:
        """Records of a kind with a lookup key in one of the ranges [low, high), until there are ``enough``."""
        found: dict[str, None] = {}
        with self.reading() as connection:
            for low, high in ranges:
                rows = connection.exec_driver_sql(
                    "SELECT record FROM lookups WHERE key >= ? AND key < ? AND kind = ? LIMIT ?", (low, high, kind, enough)
                )
                found.update(dict.fromkeys(rows.scalars()))
                if len(found) >= enough:
                    break
            return [view for view in Views(connection, self.registry).many(kind, list(found)) if not view.stands_under]

    def history(self, record: str) -> Sequence[HistoryLine]:
        """All that was written of a record, newest first."""
        raw = id_bytes(record)
        with self.reading() as connection:
            journal = Journal(connection).load([raw]).get(raw)
        return history(journal.writes, journal.standing()) if journal else []

    def standing(self, records: Iterable[str]) -> dict[str, Sequence[Stamped]]:
        """The standing writes of records, by id."""
        with self.reading() as connection:
            loaded = Journal(connection).load(id_bytes(record) for record in records)
        return {id_text(raw): journal.standing() for raw, journal in loaded.items()}

    def journals(self, records: Iterable[str]) -> dict[str, Any]:
        """All that the journal holds of records, by id."""
        with self.reading() as connection:
            return {id_text(raw): each for raw, each in Journal(connection).load(map(id_bytes, records)).items()}

    def known(self) -> dict[bytes, int]:
        """How far each run is held without a gap."""
        with self.reading() as connection:
            return Journal(connection).known()

    def recent(self, limit: int = 50, own: bool = True) -> Sequence[Change]:
        """The latest changes, newest first; this laptop's alone if ``own``."""
        with self.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT run, number FROM changes WHERE run IS NOT NULL AND (device = ? OR ?) ORDER BY place DESC LIMIT ?",
                (self.device, not own, limit),
            ).all()
            journal = Journal(connection)
            return [change for row in rows if (change := journal.change(WriteId(*row)))]

    # writing

    @contextmanager
    def writing(
        self, verb: str, source: str = "live", audience: str = EVERYONE, undoes: WriteId | None = None
    ) -> Iterator[Draft]:
        """A draft of one change, saved whole when the block ends; ``draft.changes`` then says what it touched."""
        with self._changing() as connection:
            draft = Draft(connection, self.registry)
            yield draft
            if draft.empty and undoes is None:
                draft.changes = Changes(verb, None)
                return
            run = self._runs.get(audience) or os.urandom(16)
            number = Journal(connection).reached(run) + 1
            where, when = WriteId(run, number), self.clock.tick()
            writes, readings = draft.numbered(where), tuple(draft.readings)
            made = Change(where, audience, self.worker, self.device, when, source, verb, writes, readings, undoes)
            touched = self._take_in(connection, [digested(made)])
            draft.changes = Changes(verb, where, touched)
        self._runs[audience] = run

    def _take_in(self, connection: Connection, taken: Sequence[Change]) -> dict[str, frozenset[str]]:
        touched = Journal(connection).add(taken)
        written = Projection(connection, self.registry, self._keys_of).project(touched)
        return {kind: frozenset(records) for kind, records in written.items()}

    def undo(self, change: WriteId) -> Changes:
        """Undo a change; what others have written since is left alone and named."""
        with self.reading() as connection:
            journal = Journal(connection)
            undone = journal.change(change)
            if undone is None:
                raise NotFound(_("That change is not on this laptop, so it cannot be undone here."))
            replaced = journal.writes({each for write in undone.writes for each in write.replaces})
            loaded = journal.load({id_bytes(write.slot.record) for write in undone.writes})
            stand = {each.write.id for held in loaded.values() for each in held.standing()}
        plan = undoing(undone, stand, replaced, self.registry.rule)
        with self.writing("undo", undoes=change) as draft:
            for write in plan.writes:
                draft.put(write)
        return replace(draft.changes, left_alone=plan.left_alone)

    def apply(self, offered: Sequence[Change]) -> Applied:
        """Take in changes from elsewhere, in one transaction; those that follow a gap wait where they came from."""
        with self._changing() as connection:
            journal = Journal(connection)
            known = journal.known()
            new = [change for change in offered if change.last > known.get(change.id.run, 0)]
            clashing = sum(journal.clashes(change) for change in offered if change.last <= known.get(change.id.run, 0))
            by_place = {(change.id.run, change.id.number, change.last): change for change in new}
            taken = [by_place[place] for place in ready(known, by_place)]
            touched = self._take_in(connection, taken) if taken else {}
        held = len(offered) - len(new) - clashing
        waiting = len(new) - len(taken)
        return Applied(len(taken), held, waiting, Changes("sync", None, touched), clashing)

    @contextmanager
    def shipping(self) -> Iterator[Shipping]:
        """What is kept of exchanges, in one transaction."""
        with self._changing() as connection:
            yield Shipping(connection)

    def whereabouts(self) -> Whereabouts:
        """Where this laptop's own changes are."""
        with self.reading() as connection:
            return Shipping(connection).whereabouts(self.device, self.role == "coordinator")

    # decisions

    def decisions(self) -> Sequence[Decision]:
        """Everything that waits for a person."""
        with self.reading() as connection:
            return [*conflicts(connection, self.registry), *duplicates(connection, self.registry)]

    def decision_counts(self) -> dict[str, int]:
        """How many conflicts and duplicates wait."""
        with self.reading() as connection:
            return counted(connection)

    def keep_pairs(self, kind: str, pairs: Sequence[FoundPair]) -> None:
        """What matching found of one kind, in place of what it found before."""
        with self._changing() as connection:
            keep_pairs(connection, kind, pairs)

    def drop_pair(self, one: str, other: str) -> None:
        """A pair has been decided."""
        with self._changing() as connection:
            drop_pair(connection, one, other)

    # taking along, and looking after

    def exported(self, views: Sequence[View]) -> Sequence[ExportedRecord]:
        """Records with the writes behind every cell, for a workbook."""
        with self.reading() as connection:
            return list(exported(connection, views, Journal(connection).known()))

    def check(self) -> Checkup:
        """Rebuild the tables from the journal and compare."""
        with self.reading() as connection:
            return check(connection, self.registry, self._keys_of)

    def back_up(self, target: Path) -> None:
        """Write a verified, encrypted copy to one file."""
        if self.folder is None:
            raise NotFound(_("There is nothing on disk to make a backup of."))
        with self.reading() as connection:
            back_up(connection.connection.driver_connection, self.folder, self._key, target)

    # settings

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of this store."""
        with self.reading() as connection:
            return _setting(connection, name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting of this store."""
        with self._changing() as connection:
            _set_setting(connection, name, value)


def _found(
    engine: Engine, registry: Registry, worker: str, space: SpaceKeys, role: str, keys_of: KeysOf | None
) -> None:
    """Make the tables of a new store and say whose it is."""
    create_schema(engine, registry)
    with engine.begin() as connection:
        for name, value in (("worker", worker), ("seed", os.urandom(32)), ("space", space.as_values()), ("role", role)):
            _set_setting(connection, name, value)
        change = founding(registry)
        if change:
            touched = Journal(connection).add([digested(change)])
            Projection(connection, registry, keys_of).project(touched)


def _locked(folder: Path) -> FileLock:
    """The lock that keeps a second program out of the folder."""
    lock = FileLock(folder / LOCK)
    try:
        with _writable(folder):
            lock.acquire(timeout=0)
    except Timeout:
        raise InUse(
            _("This store is already open in another window. Close that window, or go on working there.")
        ) from None
    return lock


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise NotWritable(
            _("Nothing can be written to {folder}. Choose another folder, or make room there.", folder=folder.name)
        ) from fault


def _named(connection: Connection, kind: str, records: Sequence[str]) -> Sequence[Any]:
    places = ",".join("?" * len(records))
    return connection.exec_driver_sql(
        f'SELECT id, code, title, stands_under FROM "{kind}" WHERE id IN ({places})',  # noqa: S608 (a declared kind)
        tuple(records),
    ).all()


def _setting(connection: Connection, name: str, default: Any = None) -> Any:
    raw = connection.exec_driver_sql("SELECT value FROM settings WHERE name = ?", (name,)).scalar()
    return default if raw is None else cbor2.loads(raw)


def _set_setting(connection: Connection, name: str, value: Any) -> None:
    connection.exec_driver_sql("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, cbor2.dumps(value)))
