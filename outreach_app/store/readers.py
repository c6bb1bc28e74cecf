"""The reading side of a store. What it gives out is frozen and may cross threads."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection

from outreach_app.journal.changes import Change, Stamped, WriteId
from outreach_app.journal.clock import Clock
from outreach_app.journal.histories import HistoryLine, history
from outreach_app.journal.members import Membership
from outreach_app.journal.statements import Asking, KeyGiven, Statement, stated, understood
from outreach_app.model.errors import TooOld
from outreach_app.model.identifiers import id_bytes, id_text
from outreach_app.model.kinds import Registry
from outreach_app.store.audiences import keys_besides
from outreach_app.store.blueprints import Blueprints, KeysOf
from outreach_app.store.checkups import Checkup, check
from outreach_app.store.clusters import together
from outreach_app.store.databases import Database
from outreach_app.store.decisions import Decision
from outreach_app.store.exported import ExportedRecord, Exporting, changed_since
from outreach_app.store.finders import Finder
from outreach_app.store.handovers import Handovers
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.journals import Journal
from outreach_app.store.notices import Noticed
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.settings import setting, settings_under
from outreach_app.store.sheet_words import believed
from outreach_app.store.shipping import Shipping, Whereabouts
from outreach_app.store.statements import Statements
from outreach_app.store.views import NOTHING, View, Views
from outreach_app.texts import _


class Reader(Finder):
    """Everything that is asked of a store."""

    clock: Clock

    def __init__(self, database: Database, registry: Registry, keys_of: KeysOf | None) -> None:
        self._database = database
        self._blueprints = Blueprints(registry, keys_of)
        self.registry = registry
        self._known: tuple[tuple[int, SpaceKeys], Membership] | None = None
        with self.reading() as connection:
            self.worker: str = setting(connection, "worker")
            self.identity = DeviceIdentity(setting(connection, "seed"))
            self.space = _space(setting(connection, "space"))
            self.role: str = setting(connection, "role")

    @property
    def department(self) -> str:
        """The department's name."""
        return self.space.department

    @property
    def device(self) -> bytes:
        """This laptop's id: 16 bytes."""
        return self.identity.device

    def roomy(self) -> AbstractContextManager[None]:
        """A block in which much is taken in (see :meth:`Database.roomy`)."""
        return self._database.roomy()

    def sparing(self) -> AbstractContextManager[None]:
        """A block in which much is read once (see :meth:`Database.sparing`)."""
        return self._database.sparing()

    # records

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

    def everything(self, kind: str) -> Sequence[View]:
        """All records of a kind, also those not shown (see :meth:`Views.everything`)."""
        with self.reading() as connection:
            return Views(connection, self.registry).everything(kind)

    def history(self, kind: str, record: str) -> Sequence[HistoryLine]:
        """All that was written of a record of a kind, newest first."""
        raw = id_bytes(record)
        with self.reading() as connection:
            journal = Journal(connection).load([raw]).get(raw, RecordJournal()).of(kind)
        return history(journal.writes, journal.standing(), self.registry.rule)

    def standing(self, records: Iterable[str]) -> dict[str, Sequence[Stamped]]:
        """The standing writes of records, by id."""
        with self.reading() as connection:
            loaded = Journal(connection).load(id_bytes(record) for record in records)
        return {id_text(raw): journal.standing() for raw, journal in loaded.items()}

    def journals(self, records: Iterable[str]) -> dict[str, RecordJournal]:
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
            rows = Statements(connection)(
                "SELECT run, number FROM changes WHERE run IS NOT NULL AND (device = ? OR ?)"
                " ORDER BY place DESC LIMIT ?",
                (self.device, not own, limit),
            )
            return Journal(connection).changes([WriteId(*row) for row in rows])

    def latest(self, about: str, verbs: Collection[str], limit: int) -> Sequence[Change]:
        """This laptop's latest changes by some verbs that wrote of a record or named it, but for those that were
        undone; newest first."""
        with self.reading() as connection:
            journal = Journal(connection)
            return journal.changes(journal.latest(self.device, about, verbs, limit))

    def last_to_undo(self) -> WriteId | None:
        """This laptop's latest change that is not itself an undo and was not undone."""
        with self.reading() as connection:
            row = Statements(connection)(
                "SELECT c.run, c.number FROM changes c WHERE c.device = ? AND c.run IS NOT NULL"
                " AND c.undoes_run IS NULL AND NOT EXISTS"
                " (SELECT 1 FROM changes u WHERE u.undoes_run = c.run AND u.undoes_number = c.number)"
                " ORDER BY c.place DESC LIMIT 1",
                (self.device,),
            ).first()
        return None if row is None else WriteId(*row)

    # the whole

    def _handovers(self, connection: Connection) -> Handovers:
        return Handovers(connection, self.registry, self.clock.now(), self.membership())

    def decisions(self, also_put_off: bool = False) -> Sequence[Decision]:
        """Everything that waits for a person, without what was put off at this laptop, unless asked for too."""
        with self.reading() as connection:
            return self._handovers(connection).waiting(also_put_off)

    def waiting_pairs(self) -> Sequence[Decision]:
        """Of that the pairs that may be one, for counting: without their titles."""
        with self.reading() as connection:
            return self._handovers(connection).pairs()

    def decision_counts(self) -> dict[str, int]:
        """How many conflicts (with deletions), duplicates and notices wait."""
        with self.reading() as connection:
            return self._handovers(connection).counts()

    def decides(self, decision: Decision) -> bool:
        """Whether a decision is for who sits at this laptop."""
        handed_to = self.handed_to(decision)
        return handed_to == self.worker if handed_to else self.role == "coordinator"

    def handed_to(self, decision: Decision) -> str:
        """Whose a decision is now, by name; "" while it is a coordinator's."""
        with self.reading() as connection:
            return self._handovers(connection).handed_to(decision)

    def membership(self) -> Membership:
        """Who belongs to the space, as far as it is known here; found out anew only where more was said of it."""
        with self.reading() as connection:
            journal = Journal(connection)
            told = (journal.said_count(), self.space)
            if self._known is None or self._known[0] != told:
                self._known = told, believed(self.space, journal.said())
            return self._known[1]

    def keys_besides(self, known: Membership) -> Sequence[KeyGiven]:
        """The keys that members gave here, whether they count or not."""
        with self.reading() as connection:
            return keys_besides(known, Journal(connection).said())

    def has_said(self, statement: Statement) -> bool:
        """Whether this laptop said so before."""
        with self.reading() as connection:
            said = (each.what for each in Journal(connection).said() if each.device == self.device)
            return stated(statement) in said

    def certificate(self) -> bytes:
        """With what this laptop asked to be let in; b"" for one that never had to."""
        with self.reading() as connection:
            said = (each.what for each in Journal(connection).said() if each.device == self.device)
            asked = (each.certificate for each in map(understood, said) if isinstance(each, Asking))
            return next(asked, b"")

    def whereabouts(self) -> Whereabouts:
        """Where this laptop's own changes are."""
        coordinators = self.membership().coordinators
        with self.reading() as connection:
            return Shipping(connection).whereabouts(self.device, coordinators)

    def left_segments(self) -> dict[str, int]:
        """How many segments are kept and not applied, by why not (``shipping.State``); of those that are held, the
        ones that nobody has looked at yet."""
        with self.reading() as connection:
            left = Counter(Shipping(connection).left_count())
            left.subtract(line.reason for _device, line in self._looked_at(connection))
        return dict(+left)

    def waiting_changes(self) -> dict[bytes, int]:
        """By device, how many changes (of sealed segments, how many segments) are kept and not taken in, and are not
        held and looked at already."""
        with self.reading() as connection:
            left = Counter(Shipping(connection).waiting_of())
            for device, line in self._looked_at(connection):
                left[bytes.fromhex(device)] -= max(line.changes, 1)
        return dict(+left)

    def looked_at(self) -> Sequence[tuple[str, Noticed]]:
        """Of what is held those segments that somebody accepted or left out, each with its device in hex."""
        with self.reading() as connection:
            return self._looked_at(connection)

    def _looked_at(self, connection: Connection) -> Sequence[tuple[str, Noticed]]:
        return self._handovers(connection).looked_at()

    def exported(self, kind: str, only: Collection[str] | None = None) -> Iterator[ExportedRecord]:
        """All records of a kind, or ``only`` these, also those not shown, with the writes behind every cell, for a
        workbook. They are read as they are asked for; nothing may be written meanwhile."""
        return Exporting(self.reading, self.registry[kind], self.known()).records(only)

    def changed(self, clock: int, after: str = "") -> dict[str, set[str]]:
        """By kind, the ids of what is new or changed since a time (microseconds since 1970 UTC), by the clocks of those
        who wrote it; or that came here after the record ``after`` was written."""
        with self.reading() as connection:
            return changed_since(connection, clock, id_bytes(after) if after else b"")

    def names(self, kind: str) -> dict[str, tuple[str, str]]:
        """The title and code of all records of a kind, by id."""
        with self.reading() as connection:
            return Views(connection, self.registry).names(kind)

    def check(self) -> Checkup:
        """Rebuild the tables from the journal and compare."""
        self.catch_up()
        with self.reading() as connection:
            return check(connection, self.registry, self._blueprints)

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of this store."""
        with self.reading() as connection:
            return setting(connection, name, default)

    def settings_under(self, beginning: str) -> dict[str, Any]:
        """The settings whose names have this beginning, by name."""
        with self.reading() as connection:
            return settings_under(connection, beginning)


def _space(kept: Any) -> SpaceKeys:
    """The space a store was made in. Raises TooOld where its keys are kept as they were before the first release."""
    try:
        return SpaceKeys.from_values(kept)
    except (KeyError, TypeError, ValueError) as fault:
        raise TooOld(
            _("This store is from before the first release of Outreach and cannot be opened any more. Make a new one.")
        ) from fault
