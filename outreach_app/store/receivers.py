"""The receiving side of a store: it takes in what others wrote, as far as it counts, and learns who belongs.

What counts may change with what is taken in: a laptop is let in, or given up as lost. So whenever something was said of
who belongs, what was taken in and counts no longer is set back (``setbacks.py``). What it said of who belongs is not
unsaid by that: whether it counts is judged anew each time, from all that was said (``memberships.py``).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from outreach_app.journal.changes import NOBODY, Change, Changes
from outreach_app.journal.members import Membership
from outreach_app.journal.standing import claimed, ready
from outreach_app.journal.statements import tells
from outreach_app.store.identities import SpaceKeys
from outreach_app.store.intakes import Intake
from outreach_app.store.journals import Journal
from outreach_app.store.notices import Notices
from outreach_app.store.projections import Projection
from outreach_app.store.readers import Reader
from outreach_app.store.record_journals import RecordJournal
from outreach_app.store.repairs import rebuild
from outreach_app.store.returns import Returns, Stretches
from outreach_app.store.setbacks import set_back
from outreach_app.store.settings import keep_setting
from outreach_app.store.sheet_words import true_words
from outreach_app.store.shipping import Applied, Kept, Shipping, State
from outreach_app.store.statements import Statements
from outreach_app.store.sweeps import unswept


class Receiver(Reader):
    """A reader that takes in what others wrote."""

    _runs: dict[str, bytes]  # that this laptop writes in now, by audience
    _passing = False  # no change is ever asked for whole: neither shipped, checked up on nor undone

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        try:
            with self._database.changing() as connection:
                yield connection
        except BaseException:
            self._known = None  # it may come from what was not saved
            raise

    def _take_in(
        self,
        connection: Connection,
        taken: Sequence[Change],
        begun: Mapping[bytes, RecordJournal],
        unmoved: Collection[bytes] = (),
    ) -> dict[str, frozenset[str]]:
        """Take in changes; the records written, by kind. ``begun``: the journals of those that were drawn for them.
        ``unmoved``: those of which all stands as before."""
        Notices(connection).watch(taken, self.clock.now(), self.device)
        with unswept():
            intake = Intake(connection, self._passing)
            touched = intake.take(taken)
            records = touched.keys() - unmoved
            projection = Projection(connection, self._blueprints)
            written = projection.project(records, begun, touched, intake.unsaid, intake.begun)
            self._leave_claimed(Journal(connection), taken)
        return {kind: frozenset(records) for kind, records in written.items()}

    def _leave_claimed(self, journal: Journal, taken: Sequence[Change]) -> None:
        """Write no further in a run of which somebody says to have seen what is not written yet."""
        reached = {run: journal.reached(run) for run in self._runs.values()}
        gone = set().union(*(claimed(change, reached) for change in taken)) if reached else set()
        self._runs = {audience: run for audience, run in self._runs.items() if run not in gone}

    def receive(self, segment: Kept, changes: Sequence[Change], follows: bytes = b"") -> Applied:
        """Keep a segment that was opened, and take in its changes where they may be, in one transaction.

        ``follows``: the digest of the segment that it continues.
        """
        with self._changing() as connection:
            before = self.membership()
            known = self.membership() if self._hear(connection, before, segment.device, changes) else before
            device = segment.device
            limit = self._limit(known, device, segment.run)
            within = [change for change in changes if limit is None or change.last <= limit]
            beyond = len(changes) - len(within)
            shipping = Shipping(connection)
            missing = follows and shipping.state_of(follows) is None
            if missing and not self._is_held_by_others(connection, segment, within):
                state, done = State.WAITING, Applied(0, 0, len(changes), Changes("sync", None))
            else:
                done = self._of_two(connection, segment.run, within)
                state = State.WAITING if done.waiting else State.FORKED if done.clashing else State.APPLIED
                if beyond and state is not State.WAITING:
                    state = State.HELD if device in known.members else State.STRANGER
                done = replace(done, waiting=done.waiting + beyond)
            shipping.keep(segment._replace(state=state))
            touched = self._heed(connection, before, changes)
        return replace(done, state=state, changes=_with(done.changes, touched))

    def _hear(self, connection: Connection, known: Membership, device: bytes, changes: Sequence[Change]) -> bool:
        """Write down what changes say of who belongs, also where they do not count; whether they say anything.

        Of a stranger only what a recovery sheet says is heard, whose words count whoever carries them.
        """
        told = [(each.device, each.id, [*each.statements]) for each in changes if tells(each.statements)]
        if device not in known.members and device != self.device:
            told = [(at, where, [each for each in said if self._by_sheet(known, each)]) for at, where, said in told]
        Intake(connection).tell(told)
        return any(said for _at, _where, said in told)

    def _by_sheet(self, known: Membership, statement: Mapping[str, Any]) -> bool:
        words = true_words(statement, self.space.space)
        return words is not None and words.key in known.sheets

    def _is_held_by_others(self, connection: Connection, segment: Kept, changes: Sequence[Change]) -> bool:
        """Whether other segments carry just what one says that follows what is not here: it was cut anew."""
        journal = Journal(connection)
        covered = Shipping(connection).carried(segment.run) >= segment.last
        return covered and not any(journal.clashes(change) for change in changes)

    def _of_two(self, connection: Connection, run: bytes, changes: Sequence[Change]) -> Applied:
        """Take in changes of one run as far as there is one content of each number. Of two contents neither counts,
        nor what follows either: whoever saw the one, and named it by its number, did not see the other."""
        do = Statements(connection)
        forked = do("SELECT number FROM forks WHERE run = ?", (run,)).scalar()
        one = [change for change in changes if forked is None or change.id.number < forked]
        done = self.apply(one)
        if done.clashing:
            journal = Journal(connection)
            forked = next(change.id.number for change in one if journal.clashes(change))
            do("INSERT OR REPLACE INTO forks VALUES (?,?)", (run, forked))
            touched = self._set_back(connection, {run: forked - 1}, State.FORKED)
            self._runs = {audience: own for audience, own in self._runs.items() if own != run}
            one = [change for change in one if change.id.number < forked]
            done = self.apply(one)
            done = replace(done, changes=_with(done.changes, touched))
        return replace(done, clashing=len(changes) - len(one))

    def _set_back(self, connection: Connection, limits: Mapping[bytes, int], state: State) -> dict[str, frozenset[str]]:
        """Set back what runs say beyond their limits; the records touched, by kind."""
        records, unsaid = set_back(connection, limits, state)
        written = Projection(connection, self._blueprints).project(records, unsaid=unsaid)
        return {kind: frozenset(records) for kind, records in written.items()}

    def apply(self, offered: Sequence[Change]) -> Applied:
        """Take in changes from elsewhere, in one transaction; those that follow a gap wait where they came from."""
        with self.roomy(), self._changing() as connection:
            journal = Journal(connection)
            known = {run: journal.reached(run) for run in {change.id.run for change in offered}}
            own = self._sealed_own(journal, offered, known)
            new = [change for change in offered if change.id.number > known.get(change.id.run, 0)]
            clashing = sum(
                journal.clashes(change)
                for change in offered
                if change.id.number <= known.get(change.id.run, 0) and change not in own
            )
            if clashing:  # what follows another content than is held here is not to be mixed with it
                clashing, new = clashing + len(new), []
            by_place = {(change.id.run, change.id.number, change.last): change for change in new}
            taken = [*own, *(by_place[place] for place in ready(known, by_place))]
            touched = self._take_in(connection, taken, {}) if taken else {}
        held = len(offered) - len(by_place) - len(own) - clashing  # what was offered twice is known the second time
        waiting = len(by_place) + len(own) - len(taken)
        return Applied(len(taken), held, waiting, Changes("sync", None, touched), clashing)

    def _sealed_own(self, journal: Journal, offered: Sequence[Change], known: Mapping[bytes, int]) -> Sequence[Change]:
        """Those that this laptop wrote, sealed from itself and can read by now: their numbers are taken, and nothing of
        them is held."""
        return [
            change
            for change in offered
            if change.device == self.device and change.last <= known.get(change.id.run, 0) and not journal.taken(change)
        ]

    def _heed(
        self, connection: Connection, before: Membership, changes: Sequence[Change]
    ) -> Mapping[str, frozenset[str]]:
        """Where changes just taken in say who belongs, learn it, and set back what counts no longer; what that touched.

        ``before``: who belonged until then.
        """
        if not any(tells(change.statements) for change in changes):
            return {}
        known = self.membership()
        self._judge_forks_anew(connection, before, known)
        touched: Mapping[str, frozenset[str]] = {}
        beyond = self._beyond(connection, known)
        for state in (State.HELD, State.STRANGER):
            limits = {run: limit for run, (limit, now) in beyond.items() if now is state}
            touched = joined(touched, self._set_back(connection, limits, state))
        self._learn(before, known)
        return touched

    def _judge_forks_anew(self, connection: Connection, before: Membership, known: Membership) -> None:
        """Have what was written twice under one number wait to be taken in anew where its run counts otherwise now: of
        two contents one may lie beyond how far that is."""
        do = Statements(connection)
        forked = do("SELECT DISTINCT f.run, s.device FROM forks f JOIN segments s ON s.run = f.run").all()
        for run, device in forked:
            if self._limit(before, device, run) != self._limit(known, device, run):
                do("DELETE FROM forks WHERE run = ?", (run,))
                do("UPDATE segments SET state = 'waiting' WHERE run = ? AND state = 'forked'", (run,))

    def _limit(self, known: Membership, device: bytes, run: bytes) -> int | None:
        """How far a run of a device counts here; None for all of it, as of what this laptop wrote itself, or nobody's
        did: the program."""
        return None if device in (self.device, NOBODY) else known.limit(device, run)

    def _beyond(self, connection: Connection, known: Membership) -> dict[bytes, tuple[int, State]]:
        """The runs that are held further than they count: how far that is, and what the rest is then."""
        found = {}
        for run, device, reached in Statements(connection)("SELECT run, device, reached FROM runs").all():
            limit = self._limit(known, device, run)
            if limit is not None and reached > limit:
                found[run] = limit, State.HELD if device in known.members else State.STRANGER
        return found

    def _learn(self, before: Membership, known: Membership) -> None:
        """Take up the keys that coordinators have given since, let go of what was no coordinator's to give, and know
        the own role."""
        taken_back = {(each.audience, each.number, each.recipient) for each in before.keys}
        taken_back -= {(each.audience, each.number, each.recipient) for each in known.keys}
        space = self.space.without(taken_back)
        space = space.taught(known.keys, self.identity, self.keys_besides(known))
        if known.sheet is not None:
            space = replace(space, recovery=(known.sheet.recipient, known.sheet.public))
        if space != self.space:
            self.enter_space(space)
        mine = known.members.get(self.device)
        if mine is not None and mine.role != self.role:
            self.set_setting("role", mine.role)
            self.role = mine.role

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """A block of several changes, saved together or not at all."""
        with self._changing():
            yield

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting of this store."""
        with self._changing() as connection:
            keep_setting(connection, name, value)

    def take_receipts(self, by: bytes, received: Stretches) -> None:
        """Keep that a coordinator's laptop holds these changes of this one: a return file said so."""
        with self._changing() as connection:
            Returns(connection).put(by, received)

    def enter_space(self, space: SpaceKeys) -> None:
        """Make this the store of another space: for one in memory that is filled from that space's workbooks."""
        self.set_setting("space", space.as_values())
        self.space = space

    def rebuild(self) -> int:
        """Make everything that follows from the journal anew, all or nothing; how many records there are."""
        with self._changing() as connection:
            return rebuild(connection, self._blueprints)


def joined(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """What either touched."""
    return {kind: one.get(kind, frozenset()) | other.get(kind, frozenset()) for kind in one.keys() | other.keys()}


def _with(changes: Changes, touched: Mapping[str, frozenset[str]]) -> Changes:
    """Changes that touched these records too."""
    return replace(changes, records=joined(changes.records, touched)) if touched else changes
