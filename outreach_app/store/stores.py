"""A store: one worker's laptop, its encrypted database and the verbs' way into it.

One thread uses a store at a time. What it gives out is frozen and may cross threads.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection

from outreach_app.journal.changes import Change, Changes, WriteId
from outreach_app.journal.clock import Clock
from outreach_app.journal.statements import run_of, stated, tells
from outreach_app.journal.undoing import as_it_stands, undoing
from outreach_app.model.errors import BadInput, InUse, NotFound
from outreach_app.model.identifiers import id_bytes
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.store.backups import Source, back_up
from outreach_app.store.beginnings import beginning, found
from outreach_app.store.blueprints import KeysOf
from outreach_app.store.comparisons import Comparisons
from outreach_app.store.damages import LOG, database_gone, log_damaged, log_is_damaged, rescue_unfinished
from outreach_app.store.databases import Database
from outreach_app.store.decisions import Decision
from outreach_app.store.drafts import Draft
from outreach_app.store.engines import open_engine
from outreach_app.store.folders import DATABASE, locked, making, new_folder
from outreach_app.store.identities import COORDINATORS, EVERYONE, Joining
from outreach_app.store.journals import Journal, digested
from outreach_app.store.key_files import committed, holds_a_store
from outreach_app.store.keys import Opened, create_keys, open_keys
from outreach_app.store.notices import Notices
from outreach_app.store.passphrases import FULL_COST, Cost
from outreach_app.store.receivers import Receiver, joined
from outreach_app.store.record_journals import beginnings
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.schemas import upgrade_schema
from outreach_app.store.settings import drop_setting, keep_secret
from outreach_app.store.shipping import Applied, Sealer, Shipping
from outreach_app.store.slots import Slots
from outreach_app.store.sweeps import unswept
from outreach_app.store.views import View
from outreach_app.texts import _

__all__ = ["DATABASE", "EVERYONE", "Applied", "Store", "View"]


class Store(Receiver):
    """One open store."""

    def __init__(
        self,
        database: Database,
        registry: Registry,
        keys_of: KeysOf | None = None,
        clock: Clock | None = None,
        folder: Path | None = None,
        lock: FileLock | None = None,
        opened: Opened | None = None,
    ) -> None:
        super().__init__(database, registry, keys_of)
        if opened is not None:
            self.worker = opened.worker
        self.clock = clock or Clock()
        self.folder = folder
        self._lock = lock
        self._key = opened.key if opened is not None else b""
        self._runs = {}

    # opening and closing

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        *,
        worker: str,
        department: str = "",
        joining: Joining | None = None,
        registry: Registry = REGISTRY,
        keys_of: KeysOf | None = None,
        clock: Clock | None = None,
        cost: Cost = FULL_COST,
    ) -> "Store":
        """A new store in an empty or missing folder: ``joining`` a space, or of a new one, whose coordinator ``worker``
        is.

        Raises InUse, BadInput or NotWritable, and leaves nothing behind then.
        """
        if (folder / DATABASE).exists():
            raise InUse(_("There is already a store in this folder. Open it, or choose another folder."))
        sheet = None if joining else RecoveryKey.new()
        begun = joining or beginning(department, sheet)
        with new_folder(folder) as lock:
            with making(folder) as unfinished:
                key = create_keys(folder, passphrase, worker, cost, begun.space.recovery[0])
                engine = open_engine(unfinished, key)
                try:
                    found(engine, registry, worker, begun, keys_of, sheet)
                finally:
                    engine.dispose()
            database = Database(open_engine(folder / DATABASE, key))
            return cls(database, registry, keys_of, clock, folder, lock, Opened(key, worker))

    @classmethod
    def open(
        cls,
        folder: Path,
        by: str | Callable[[Path], Opened],
        *,
        registry: Registry = REGISTRY,
        keys_of: KeysOf | None = None,
        clock: Clock | None = None,
    ) -> "Store":
        """The store in a folder, by a passphrase or another way of ``keys.py``; who opens it writes from now on.

        Raises NotFound, InUse, WrongPassphrase, TooNew, Damaged or NotWritable.
        """
        if not holds_a_store(folder):
            raise NotFound(_("There is no store in this folder. Check the folder, or make a new store."))
        lock = locked(folder)
        try:
            if committed(folder):
                raise rescue_unfinished()
            opened = open_keys(folder, by) if isinstance(by, str) else by(folder)
            database = folder / DATABASE
            if not database.exists() or not database.stat().st_size:  # SQLite would take it for a new one
                raise database_gone()
            if log_damaged(folder / LOG):
                raise log_is_damaged()
            engine = open_engine(database, opened.key)
            try:
                upgrade_schema(engine, registry)
                return cls(Database(engine), registry, keys_of, clock, folder, lock, opened)
            except BaseException:
                engine.dispose()
                raise
        except BaseException:
            lock.release()
            raise

    @classmethod
    def in_memory(
        cls,
        *,
        worker: str,
        department: str,
        registry: Registry = REGISTRY,
        keys_of: KeysOf | None = None,
        passing: bool = False,
    ) -> "Store":
        """A store that leaves nothing on disk, for merging workbooks without one. ``passing``: nobody is going to ask
        it for a change whole, so that what only that takes is not kept."""
        engine = open_engine(None, b"")
        begun = beginning(department)
        nobodys = replace(begun, space=replace(begun.space, root=b""))  # it belongs to no space
        found(engine, registry, worker, nobodys, keys_of)
        store = cls(Database(engine), registry, keys_of)
        store._passing = passing
        return store

    def close(self) -> None:
        """Let go of the database, of its key and of the folder: nothing can be read or written after this."""
        self._database.close()
        self._key = b""
        if self._lock:
            self._lock.release()

    @property
    def slots(self) -> Slots:
        """The ways into this store. Raises NotFound for one in memory, which has none."""
        if self.folder is None:
            raise NotFound(_("There is nothing on disk to lock."))
        return Slots(self.folder, self._key, self.worker)

    # writing

    @contextmanager
    def writing(
        self,
        verb: str,
        source: str = "live",
        audience: str = EVERYONE,
        undoes: WriteId | None = None,
        sealer: Sealer | None = None,
    ) -> Iterator[Draft]:
        """A draft of one change, saved whole when the block ends; ``draft.changes`` then says what it touched.

        What hangs on something that is for coordinators alone is for them too. Where this laptop cannot read what is
        written for ``audience``, the change is kept as the ``sealer`` seals it, and nothing of it is shown here.
        """
        with self._changing() as connection:
            draft = Draft(connection, self.registry)
            yield draft
            if draft.empty and undoes is None:
                draft.changes = Changes(verb, None)
                return
            journal = Journal(connection)
            if self.space.reads(COORDINATORS) and journal.for_coordinators(draft.concerned):
                audience = COORDINATORS
            reads, said = self.space.reads(audience), tuple(map(stated, draft.statements))
            runs = audience if reads else f"{audience}, unread"  # what is read here waits for nothing that is not
            runs = f"{audience}, who belongs" if tells(said) else runs  # and that, for whoever ever did, for nothing
            run = self._runs.get(runs) or run_of(self.device, os.urandom(8))
            where, when = WriteId(run, journal.reached(run) + 1), self.clock.tick()
            writes = draft.derived() if self._passing else draft.numbered(where)
            readings = tuple(draft.readings)
            made = self._digested(
                Change(
                    where, audience, self.worker, self.device, when, source, verb, writes, readings, undoes,
                    statements=said,
                )
            )  # fmt: skip
            self._runs[runs] = run
            if reads:
                draft.changes = Changes(verb, where, self._take_own(connection, made, draft))
            elif sealer is not None:
                shipping = Shipping(connection)
                shipping.keep(sealer(made, shipping))
                journal.reach(run, self.device, audience, made.last)
                draft.changes = Changes(verb, where)
            else:
                raise BadInput(_("Only a coordinator's laptop can do this."))

    def _digested(self, change: Change) -> Change:
        """The change with its digest, where anybody is ever going to ask for it."""
        return change if self._passing else digested(change)

    def _take_own(self, connection: Connection, made: Change, draft: Draft) -> dict[str, frozenset[str]]:
        """Take in a change of this laptop's own, and heed what it says of who belongs."""
        before = self.membership() if made.statements else None
        unmoved = {id_bytes(record) for record in draft.unmoved}
        touched = self._take_in(connection, [made], beginnings(made, draft.drawn), unmoved)
        return joined(touched, self._heed(connection, before, [made])) if before else touched

    def undo(self, change: WriteId) -> Changes:
        """Undo a change; what others have written since is left alone and named."""
        with self.reading() as connection:
            journal = Journal(connection)
            undone = journal.change(change)
            if undone is None:
                raise NotFound(_("That change is not on this laptop, so it cannot be undone here."))
            replaced = journal.writes({each for write in undone.writes for each in write.replaces})
            loaded = journal.load({id_bytes(write.slot.record) for write in undone.writes})
        stand = {each.write.id: each.write for held in loaded.values() for each in held.standing()}
        held = {each.write.id: each for known in loaded.values() for each in known.writes}
        undone = as_it_stands(undone, stand.values(), held, self.registry.rule)
        plan = undoing(undone, stand.keys(), replaced, self.registry.rule)
        with self.writing("undo", undoes=change) as draft:
            for write in plan.writes:
                draft.put(write)
        return replace(draft.changes, left_alone=plan.left_alone)

    @contextmanager
    def shipping(self) -> Iterator[Shipping]:
        """What is kept of exchanges, in one transaction."""
        with self._changing() as connection:
            yield Shipping(connection)

    @contextmanager
    def comparing(self) -> Iterator[Comparisons]:
        """What is kept of matching, in one transaction."""
        with unswept(), self._changing() as connection:
            yield Comparisons(connection)

    def set_aside(self, what: str, place: str, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """Of a carrier ("file") or a workbook ("row"), what of it is set aside now, each with why."""
        with self._changing() as connection:
            Notices(connection).set_aside(what, place, title, lines, self.clock.now())

    def put_off(self, decision: Decision, off: bool = True) -> None:
        """Have a decision wait until a day from now or until something new stands; or take it up again."""
        with self._changing() as connection:
            handovers = self._handovers(connection)
            (handovers.put_off if off else handovers.take_up)(decision)

    def keep_secret(self, name: str, value: Any) -> None:
        """Keep a setting; what the database held of the one before is written over."""
        with self._changing() as connection:
            keep_secret(connection, name, value)

    def forget_setting(self, name: str) -> None:
        """Keep a secret setting no longer: what the database held of it is written over."""
        with self._changing() as connection:
            drop_setting(connection, name)
        self._database.flush()

    def flush(self) -> None:
        """Have all that was saved in the database's one file."""
        self._database.flush()

    def back_up(self, target: Path) -> None:
        """Write a verified, encrypted copy to one file."""
        back_up(self.as_source(), target, self.clock.tick())

    def as_source(self) -> Source:
        """This store, to be copied by another thread while it goes on. Raises NotFound for one in memory."""
        if self.folder is None:
            raise NotFound(_("There is nothing on disk to make a backup of."))
        return Source(self.folder, self._key, self.device)
