"""Invitations: opened by their words until they expire, and a sentence for everything else."""

from typing import Any

import cbor2
import pytest

from outreach_app.journal.digests import canonical
from outreach_app.model.errors import BadInput, Damaged, OutreachError, TooNew, WrongPassphrase
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.store.keys import DEMO_COST
from outreach_app.sync.frames import framed
from outreach_app.sync.invitations import (
    DAY,
    FORMAT,
    MAGIC,
    Asked,
    make_invitation,
    open_invitation,
    read_certificate,
)

NOW = 1_760_000_000_000_000
OTHER = "zoo act able zone actor year"


@pytest.fixture
def invitation(space: SpaceKeys) -> tuple[bytes, str]:
    return make_invitation(space, NOW, cost=DEMO_COST)[:2]


def test_the_words_give_the_space_and_no_coordinator_s_key(invitation: tuple[bytes, str], space: SpaceKeys) -> None:
    data, code = invitation
    given = open_invitation(data, code.upper().replace(" ", "-"), NOW + DAY)
    assert given.space == space.for_role(False)
    assert given.space.unseal(given.space.seal("coordinators", b"said")) is None
    assert (given.role, given.expires) == ("worker", NOW + 14 * DAY)
    assert len(given.joining) == 32
    assert given.space.unseal(space.seal("everyone", b"said")) == b"said"


def test_each_invitation_has_its_own_words_and_joining_key(space: SpaceKeys) -> None:
    made = [make_invitation(space, NOW, cost=DEMO_COST) for _ in range(3)]
    assert len({code for _, code, _ in made}) == 3
    assert len({open_invitation(data, code, NOW).joining for data, code, _ in made}) == 3
    assert len({invited.joining for _, _, invited in made}) == 3


def test_a_certificate_is_what_both_keys_signed_and_nothing_else(space: SpaceKeys, device: DeviceIdentity) -> None:
    data, code, invited = make_invitation(space, NOW, "coordinator", cost=DEMO_COST)
    shown = open_invitation(data, code, NOW).certificate(device, "Ben Squirrel")
    assert read_certificate(shown, space.space) == Asked(device.public, "Ben Squirrel", invited.joining)
    assert (invited.role, invited.until) == ("coordinator", NOW + 14 * DAY)
    assert read_certificate(shown, b"o" * 16) is None
    parts = cbor2.loads(shown)
    for place, other in (
        (0, DeviceIdentity.new().public),
        (1, "Other"),
        (2, b"k" * 32),
        (3, b"s" * 64),
        (4, b"s" * 64),
    ):
        assert read_certificate(canonical([*parts[:place], other, *parts[place + 1 :]]), space.space) is None
    for nothing in (b"", b"\x80", b"\xff", canonical([1, 2, 3, 4, 5])):
        assert read_certificate(nothing, space.space) is None


@pytest.mark.parametrize("name", [b"Eve", 7, None, ["Eve"]])
def test_a_certificate_of_somebody_whose_name_is_no_text_asks_for_nothing(
    space: SpaceKeys, device: DeviceIdentity, name: Any
) -> None:
    data, code, _invited = make_invitation(space, NOW, cost=DEMO_COST)
    certificate = open_invitation(data, code, NOW).certificate(device, name)
    assert read_certificate(certificate, space.space) is None


def test_nothing_is_readable_in_it(invitation: tuple[bytes, str], space: SpaceKeys) -> None:
    data, code = invitation
    secret = space.current("everyone").secret
    for hidden in (space.department.encode(), space.space, secret.encode(), code.encode()):
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
