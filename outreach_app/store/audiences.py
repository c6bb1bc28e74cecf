"""Who is to read what is written for an audience, and which keys have to be given so that they can and others not."""

from collections.abc import Collection, Iterable, Sequence

from outreach_app.journal.members import Membership, Said
from outreach_app.journal.statements import KeyGiven, device_of, understood
from outreach_app.store.identities import COORDINATORS, EVERYONE, Epoch, SpaceKeys, is_sealable, recipient_of, sealed_to

_FEW = 64
"""Keys of one laptop that do not count and are kept all the same: each is tried with whatever cannot be read."""


def keys_besides(known: Membership, said: Iterable[Said]) -> list[KeyGiven]:
    """The keys that members gave, whether they count or not. Who has been made a worker, or given up, and does not know
    it yet, seals to its own what others are to read; so each is given on (number 0), and nothing new is sealed to
    it."""
    counts = {each.recipient for each in known.keys}
    made: list[KeyGiven] = []
    passed_on: list[KeyGiven] = []
    few: dict[bytes, set[str]] = {}
    for each in sorted(said, key=lambda one: (one.device, one.run, one.number)):
        given = understood(each.what) if each.device in known.members else None
        if not isinstance(given, KeyGiven):
            continue
        own = few.setdefault(each.device, set())
        if not given.number:
            passed_on.append(given)
        elif given.recipient in own | counts or len(own) < _FEW:
            own |= {given.recipient} - counts
            made.append(given)
    recipients = {each.recipient for each in made}
    return [*made, *(each for each in passed_on if each.recipient in recipients)]


def given_on(known: Membership, space: SpaceKeys, besides: Sequence[KeyGiven]) -> list[KeyGiven]:
    """Of keys that do not count, what a coordinator's laptop that holds them has to give to those who are to read what
    was sealed to them, and cannot."""
    secrets = {recipient_of(each): each for each in space.past}
    due: list[KeyGiven] = []
    counts = {each.recipient for each in known.keys}
    for audience, recipient in sorted({(each.audience, each.recipient) for each in besides}):
        holders = {device for each in besides if each.recipient == recipient for device in each.secrets}
        readers = _readers(known, space, audience) if audience in (EVERYONE, COORDINATORS) else {}
        if recipient in secrets and recipient not in counts and (lacking := sorted(readers.keys() - holders)):
            sealed = {device: sealed_to(readers[device], secrets[recipient].encode()) for device in lacking}
            due.append(KeyGiven(audience, 0, recipient, sealed))
    return due


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
