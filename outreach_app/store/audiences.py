"""Who is to read what is written for an audience, and which keys have to be given so that they can and others not."""

from collections.abc import Collection

from outreach_app.journal.memberships import Membership
from outreach_app.journal.statements import KeyGiven, device_of
from outreach_app.store.identities import COORDINATORS, EVERYONE, Epoch, SpaceKeys, sealed_to


def keys_due(known: Membership, space: SpaceKeys) -> list[KeyGiven]:
    """What a coordinator's laptop has to give: every key of an audience to each laptop that is to read it and does not
    hold it, and where somebody holds the newest who is to read no longer, one that never was before."""
    due: list[KeyGiven] = []
    for audience in (EVERYONE, COORDINATORS):
        if not space.reads(audience):
            continue
        readers = _readers(known, space, audience)
        epochs = [each for each in space.audiences[audience] if each.secret]
        if _holders(known, space, audience, epochs[-1]) - readers.keys():
            epochs.append(Epoch.new(epochs[-1].number + 1))
        for epoch in epochs:
            lacking = readers.keys() - _holders(known, space, audience, epoch)
            if lacking:
                sealed = {device: sealed_to(readers[device], epoch.secret.encode()) for device in sorted(lacking)}
                due.append(KeyGiven(audience, epoch.number, epoch.recipient, sealed))
    return due


def _readers(known: Membership, space: SpaceKeys, audience: str) -> dict[bytes, bytes]:
    """Whose laptops are to read for an audience, each with its public key; the recovery sheet is like one."""
    devices: Collection[bytes] = known.coordinators
    if audience == EVERYONE:
        devices = [device for device, member in known.members.items() if not member.lost]
    readers = {device: known.members[device].key for device in devices}
    sheet = space.recovery[1]
    return {**readers, device_of(sheet): sheet} if sheet else readers


def _holders(known: Membership, space: SpaceKeys, audience: str, epoch: Epoch) -> set[bytes]:
    """Which laptops hold a key: those it was given to. The first ones came with the space."""
    given = (each for each in known.keys if (each.audience, each.number) == (audience, epoch.number))
    holders = {device for each in given if each.recipient == epoch.recipient for device in each.secrets}
    if epoch.number == 1:
        holders |= {device_of(space.root)} if audience == COORDINATORS else set(known.members)
    return holders
