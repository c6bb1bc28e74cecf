"""Laptops that say whatever a test has them say, honest or not, signed as theirs; and stores that hear it."""

import random
from collections.abc import Iterable, Sequence

from outreach_app.journal.changes import NOBODY, Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.statements import COORDINATOR, WORKER, Accepted, Statement, run_of, stated
from outreach_app.operations.syncing import StoreReplica
from outreach_app.store.identities import EVERYONE, DeviceIdentity, SpaceKeys
from outreach_app.store.journals import digested
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.stores import Store
from outreach_app.sync.segments import Chain, Segment, open_segment, seal
from tests.helpers.memories import memory

_DICE = random.Random(7)
NAMES = ("root", "ann", "ben", "cora", "dee")
LAPTOPS = {name: DeviceIdentity(_DICE.randbytes(32)) for name in NAMES}
"""The first founded the space."""
SHEETS = [RecoveryKey(_DICE.randbytes(32)) for _sheet in range(3)]
SPACE = SpaceKeys.new("Hill County", LAPTOPS["root"].public, (SHEETS[0].recipient, SHEETS[0].public))
RECORDS = [f"0190a0b0-0000-7000-8000-00000000000{at}" for at in range(3)]
BEGAN = 1_760_000_000_000_000


def let_in(who: str, role: str, key: bytes, inviter: bytes = NOBODY) -> Accepted:
    """That a laptop belongs."""
    return Accepted(key, LAPTOPS[who].public, who.title(), role, inviter)


class Speaker:
    """A laptop, or a copy of one, that says things in a run; each call is a segment of one change."""

    def __init__(self, who: str, run: bytes = b"drawn...") -> None:
        self.who, self.identity = who, LAPTOPS[who]
        self.device = self.identity.device
        self.run = run_of(self.device, run)
        self.number, self._last, self.clock = 0, b"", BEGAN

    def copied(self) -> "Speaker":
        """Another that goes on from where this is."""
        made = Speaker(self.who)
        made.run, made.number, made._last, made.clock = self.run, self.number, self._last, self.clock + 50
        return made

    def writes(
        self, *writes: tuple[Slot, object] | tuple[Slot, object, Iterable[WriteId]], says: Sequence[Statement] = ()
    ) -> Segment:
        """A segment in which these slots are given these values, and replace what is named."""
        made = []
        for at, (slot, value, *replaces) in enumerate(writes):
            where = WriteId(self.run, self.number + 2 + at)
            made.append(Write(where, slot, value, tuple(*replaces), bytes([at]) * 16))  # type: ignore[arg-type]  # odd ones too
        return self._segment(writes=tuple(made), statements=says)

    def teaches(self, device: bytes, write: Write) -> Segment:
        """A segment of a workbook that says that another laptop made a write."""
        stamped = Stamped(write, BEGAN, "Anybody", device, "live", WriteId(write.id.run, write.id.number - 1))
        return self._segment(readings=(Reading(b"b" * 16, Horizon({}), {}, (stamped,)),))

    def says(self, *statements: Statement) -> Segment:
        """A segment that says who belongs."""
        return self._segment(statements=statements)

    def _segment(
        self, writes: Sequence[Write] = (), readings: Sequence[Reading] = (), statements: Sequence[Statement] = ()
    ) -> Segment:
        self.clock += 1
        change = Change(
            WriteId(self.run, self.number + 1), EVERYONE, self.who.title(), self.device, self.clock, "live", "say",
            tuple(writes), tuple(readings), statements=tuple(map(stated, statements)),
        )  # fmt: skip
        segment = seal([digested(change)], self.identity, SPACE, Chain(b"", self._last))
        self.number, self._last = change.last, segment.label.digest
        return segment


def founding(root: Speaker) -> Segment:
    """Ann is a coordinator, all others are workers."""
    roles = {"ann": COORDINATOR, "ben": WORKER, "cora": WORKER, "dee": WORKER}
    return root.says(*(let_in(who, role, who[:1].encode() * 32) for who, role in roles.items()))


def store_of(who: str) -> Store:
    """A store in memory of one of the laptops, that heard nothing."""
    store = memory(who.title())
    coordinator = who in ("root", "ann")
    store.identity, store.role = LAPTOPS[who], COORDINATOR if coordinator else WORKER
    store.enter_space(SPACE if who == "root" else SPACE.for_role(coordinator))
    return store


def hear(store: Store, *segments: Segment) -> Store:
    """Have a store hear segments in this order, and try again what waits."""
    replica = StoreReplica(store, speaks=False)
    for each in segments:
        replica.apply(open_segment(each.data, store.space))
    replica.retry()
    return store
