"""Invitations: opened by their words until they expire, and a sentence for everything else."""

import pytest

from outreach_app.journal.digests import canonical
from outreach_app.model.errors import BadInput, Damaged, OutreachError, TooNew, WrongPassphrase
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.keys import DEMO_COST
from outreach_app.sync.frames import framed
from outreach_app.sync.invitations import DAY, FORMAT, MAGIC, make_invitation, open_invitation

NOW = 1_760_000_000_000_000
OTHER = "zoo act able zone actor year"


@pytest.fixture
def invitation(space: SpaceKeys, device: DeviceIdentity) -> tuple[bytes, str]:
    return make_invitation(space, device, NOW, cost=DEMO_COST)


def test_the_words_give_the_space(invitation: tuple[bytes, str], space: SpaceKeys, device: DeviceIdentity) -> None:
    data, code = invitation
    given = open_invitation(data, code.upper().replace(" ", "-"), NOW + DAY)
    assert given.space == space
    assert (given.device, given.signing, given.expires) == (device.device, device.public, NOW + 14 * DAY)
    assert len(given.joining) == 32
    assert given.space.unseal(space.seal("everyone", b"said")) == b"said"


def test_each_invitation_has_its_own_words_and_joining_key(space: SpaceKeys, device: DeviceIdentity) -> None:
    made = [make_invitation(space, device, NOW, cost=DEMO_COST) for _ in range(3)]
    assert len({code for _, code in made}) == 3
    assert len({open_invitation(data, code, NOW).joining for data, code in made}) == 3


def test_nothing_is_readable_in_it(invitation: tuple[bytes, str], space: SpaceKeys) -> None:
    data, code = invitation
    secret = space.current("everyone").secret
    for hidden in (space.department.encode(), space.space, secret.encode(), code.encode(), code.split()[0].encode()):
        assert hidden not in data


def test_every_fault_has_a_sentence_of_its_own(invitation: tuple[bytes, str]) -> None:
    data, code = invitation
    said = set()

    def fails(kind: type[OutreachError], data: bytes = data, code: str = code, now: int = NOW) -> None:
        with pytest.raises(kind) as fault:
            open_invitation(data, code, now)
        assert type(fault.value) is kind
        said.add(str(fault.value))

    fails(WrongPassphrase, code=OTHER)
    fails(BadInput, now=NOW + 14 * DAY + 1)
    fails(BadInput, data=b"PK\x03\x04 a workbook")
    fails(BadInput, code="zoo")
    fails(Damaged, data=data[:-1])
    fails(Damaged, data=data[:-1] + bytes([data[-1] ^ 1]))
    fails(TooNew, data=framed(MAGIC, FORMAT + 1, b""))
    assert len(said) == 7
    fails(Damaged, data=b"")
    assert open_invitation(data, code, NOW + 14 * DAY).expires == NOW + 14 * DAY


def test_a_hostile_cost_is_not_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = {"salt": b"s" * 16, "cost": {"memory_kib": 2**31, "passes": 1, "lanes": 1}, "box": b"b" * 99}
    monkeypatch.setattr("outreach_app.sync.invitations.stretch", lambda *_: pytest.fail("it was paid"))
    with pytest.raises(Damaged):
        open_invitation(framed(MAGIC, FORMAT, canonical(outside)), OTHER, NOW)


@pytest.mark.parametrize("payload", [b"", b"\x80", b"\xa0", b"\xa1\x64cost\xa0", b"\xff", b"\x9f" * 99])
def test_a_frame_with_nothing_good_in_it_is_damaged(payload: bytes) -> None:
    with pytest.raises(Damaged):
        open_invitation(framed(MAGIC, FORMAT, payload), OTHER, NOW)
