"""Segments that no laptop of the space made: a stranger's, a forger's, another department's, and one that is a bomb."""

import random
from functools import cache
from unittest import mock

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.journal.statements import run_of
from outreach_app.model.identifiers import id_text
from outreach_app.store.identities import EVERYONE, DeviceIdentity, SpaceKeys
from outreach_app.store.journals import digested
from outreach_app.sync import segments
from outreach_app.sync.segments import MOST_BODY, Segment, seal
from tests.simulator.laptops import Laptop


class Forger(DeviceIdentity):
    """Signs with a key of its own, in the name of another laptop."""

    def __init__(self, seed: bytes, victim: bytes) -> None:
        super().__init__(seed)
        object.__setattr__(self, "_victim", victim)

    @property
    def device(self) -> bytes:
        victim: bytes = self._victim  # type: ignore[attr-defined]
        return victim


def said(identity: DeviceIdentity, dice: random.Random, text: str) -> Change:
    """A change of a run of its own, in which a new person is made."""
    run, record = run_of(identity.device, dice.randbytes(8)), id_text(dice.randbytes(16))
    write = Write(WriteId(run, 2), Slot("people", record, "name"), text, (), dice.randbytes(16))
    made = Change(WriteId(run, 1), EVERYONE, text, identity.device, 1_760_000_000_000_000, "live", "make", (write,))
    return digested(made)


def by_a_stranger(space: SpaceKeys, dice: random.Random) -> Segment:
    """Sealed to the department's key by a laptop that nobody let in."""
    identity = DeviceIdentity(dice.randbytes(32))
    return seal([said(identity, dice, "A stranger")], identity, space)


def by_a_forger(space: SpaceKeys, dice: random.Random, victim: Laptop) -> Segment:
    """Says it is the victim's."""
    identity = Forger(dice.randbytes(32), victim.store.device)
    return seal([said(identity, dice, "A forger")], identity, space)


@cache
def _another_department() -> SpaceKeys:
    return SpaceKeys.new("Creek County")


def of_another_department(dice: random.Random) -> Segment:
    """Another department's."""
    identity = DeviceIdentity(dice.randbytes(32))
    return seal([said(identity, dice, "Somebody else")], identity, _another_department())


_bombs: dict[str, bytes] = {}


def bomb(space: SpaceKeys) -> bytes:
    """A few kilobytes, sealed to the department's key, that would unpack to more than any segment may hold."""
    known = space.current(EVERYONE).recipient
    if known not in _bombs:
        dice = random.Random(1)
        identity = DeviceIdentity(dice.randbytes(32))
        with mock.patch.object(segments, "encoded", return_value=bytes(MOST_BODY + 1)):
            _bombs[known] = seal([said(identity, dice, "A bomb")], identity, space).data
    return _bombs[known]
