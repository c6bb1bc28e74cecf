"""A laptop's signing key and a department's audience keys."""

import json

import pytest
from nacl.signing import VerifyKey

from outreach_app.model.errors import Damaged
from outreach_app.store.identities import DeviceIdentity, Epoch, SpaceKeys, device_of


def test_a_device_signs_with_the_key_its_id_follows_from() -> None:
    one, other = DeviceIdentity.new(), DeviceIdentity.new()
    assert one.device == device_of(one.public) != other.device
    assert len(one.device) == 16
    VerifyKey(one.public).verify(b"said", one.sign(b"said"))
    assert DeviceIdentity(one.seed).device == one.device


def test_secrets_do_not_show_in_logs() -> None:
    one, space = DeviceIdentity.new(), SpaceKeys.new("Creek County")
    assert one.seed.hex() not in repr(one)
    assert repr(one.seed) not in repr(one)
    assert "SECRET" not in repr(space)


def test_what_is_sealed_is_opened_by_any_epoch_and_by_nobody_else() -> None:
    old = SpaceKeys.new("Creek County")
    new = SpaceKeys(old.space, old.department, {"everyone": (*old.audiences["everyone"], Epoch.new(2))})
    assert new.unseal(old.seal("everyone", b"said")) == b"said"
    assert new.unseal(new.seal("everyone", b"said")) == b"said"
    assert old.unseal(new.seal("everyone", b"said")) is None
    with pytest.raises(KeyError):
        old.seal("nobody known", b"said")


def test_who_may_only_seal_cannot_open() -> None:
    epoch = Epoch.new(1)
    worker = SpaceKeys(b"s" * 16, "Creek County", {"coordinators": (Epoch(1, epoch.recipient),)})
    coordinator = SpaceKeys(b"s" * 16, "Creek County", {"coordinators": (epoch,)})
    sealed = worker.seal("coordinators", b"said")
    assert worker.unseal(sealed) is None
    assert coordinator.unseal(sealed) == b"said"


def test_what_is_not_whole_is_damaged() -> None:
    space = SpaceKeys.new("Creek County")
    sealed = space.seal("everyone", b"said" * 100)
    for broken in (sealed[:-1], sealed[:-1] + b"#", b"", b"age"):
        with pytest.raises(Damaged):
            space.unseal(broken)


def test_keys_keep_as_plain_values() -> None:
    space = SpaceKeys.new("Creek County")
    assert SpaceKeys.from_values(json.loads(json.dumps(space.as_values()))) == space
