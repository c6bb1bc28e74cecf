"""Who is to read what is written for an audience, and which keys have to be given so that they can and others not."""

from collections.abc import Collection

from outreach_app.journal.memberships import Membership
from outreach_app.journal.statements import KeyGiven, device_of
from outreach_app.store.identities import COORDINATORS, EVERYONE, Epoch, SpaceKeys, is_sealable, sealed_to


def keys_due(known: Membership, space: SpaceKeys, device: bytes) -> list[KeyGiven]:
    """What a coordinator's laptop has to give: every key of an audience to each laptop that is to read it and does not
    hold it, and one that never was before where somebody holds the newest who is to read no longer, or where it was
    given to this laptop and is not what it was said to be."""
    due: list[KeyGiven] = []
    for audience in (EVERYONE, COORDINATORS):
        epochs = [each for each in space.audiences.get(audience, ()) if each.secret]
        if not epochs:
            continue
        newest = space.audiences[audience][-1]
        readers = _readers(known, space, audience)
        holders = _holders(known, space, audience, newest)
        if holders - readers.keys() or (device in holders and not newest.secret):
            epochs.append(Epoch.new(newest.number + 1))
        for epoch in epochs:
            lacking = readers.keys() - _holders(known, space, audience, epoch)
            if lacking:
                sealed = {device: sealed_to(readers[device], epoch.secret.encode()) for device in sorted(lacking)}
                due.append(KeyGiven(audience, epoch.number, epoch.recipient, sealed))
    return due


def _readers(known: Membership, space: SpaceKeys, audience: str) -> dict[bytes, bytes]:
    """Whose laptops are to read for an audience, each with its public key; the recovery sheet is like one. To a key
    that nothing can be sealed to nothing is given."""
    devices: Collection[bytes] = known.coordinators
    if audience == EVERYONE:
        devices = [device for device, member in known.members.items() if not member.lost]
    keys = [*(known.members[device].key for device in devices), *filter(None, [space.recovery[1]])]
    return {device_of(key): key for key in keys if is_sealable(key)}


def _holders(known: Membership, space: SpaceKeys, audience: str, epoch: Epoch) -> set[bytes]:
    """Which laptops hold a key: those it was given to. The first ones came with the space."""
    given = (each for each in known.keys if (each.audience, each.number) == (audience, epoch.number))
    holders = {device for each in given if each.recipient == epoch.recipient for device in each.secrets}
    if epoch.number == 1:
        holders |= {device_of(space.root)} if audience == COORDINATORS else set(known.members)
    return holders
