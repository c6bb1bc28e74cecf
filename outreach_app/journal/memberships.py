"""Who belongs to a space and what each may say: a function of the set of statements that changes carry.

A statement counts where the laptop that made it was a coordinator's, beginning with the one that founded the space.
Coordinators have ranks: whom a coordinator made one comes after it. Of a coordinator's laptop only those before it say
that it was lost, or is one no longer, and then what it said counts as far as they say; so two that give each other up
are judged alike everywhere. What the recovery sheet says comes before everybody. Order, grouping and repetition change
nothing, no clock decides, and what no longer counts takes nothing else with it: whoever silences somebody is judged
without them. What is in no form known here is passed over.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from outreach_app.journal.changes import NOBODY
from outreach_app.journal.members import SHEET, Member, Membership, Offer, Said, above, silences
from outreach_app.journal.statements import (
    COORDINATOR,
    POWER,
    WORKER,
    Accepted,
    Appointed,
    Invited,
    KeyGiven,
    Revoked,
    SheetMade,
    Withdrawn,
    device_of,
    statement_digest,
    understood,
)

_AHEAD = 1_000
"""How far the number of a key may be beyond the one before, which may count no longer; so none comes near the last."""


class _Heard(NamedTuple):
    """A statement that counts."""

    by: Said
    digest: bytes
    what: Any


Places = Mapping[bytes, Mapping[bytes, int]]
"""By device and run, a number."""

Found = TypeVar("Found")


def membership(
    root: bytes, said: Iterable[Said], first: bytes = b"", words: Mapping[bytes, Sequence[Said]] = MappingProxyType({})
) -> Membership:
    """The membership of a space founded by the laptop whose public key is ``root``.

    ``first`` is the public key of the sheet it was founded with, ``words`` what sheets say, by their public keys.
    """
    told = _understood(said)
    first_member = Member(device_of(root), root, "", COORDINATOR)
    sheets: dict[bytes, list[Said]] = {first: []} if first else {}  # by public key, what made each
    while True:  # one sheet after the other: each is judged by the words of those before it
        spoken = [*told, *_understood(each for sheet in sheets for each in words.get(sheet, ()))]
        making = _places(each for made in sheets.values() for each in made)
        heard, ranks = _heard(first_member.device, spoken, making)
        makers = [each for each in heard if _takes_the_place(each, sheets, ranks)]
        for each in makers:
            sheets.setdefault(each.what.public, []).append(each.by)
        if not makers:
            break
    return _come_to(first_member, heard, ranks, sheets, making)


def _understood(said: Iterable[Said]) -> list[tuple[Said, Any]]:
    return [(each, statement) for each in said if (statement := understood(each.what)) is not None]


def _takes_the_place(each: _Heard, sheets: Collection[bytes], ranks: Mapping[bytes, int]) -> bool:
    """Whether a statement makes a sheet that was none: said by the sheet it takes the place of, or by a laptop that
    nobody but the sheet comes before."""
    if not isinstance(each.what, SheetMade) or each.what.public in sheets or each.what.instead not in sheets:
        return False
    return each.by.run == each.what.instead if each.by.device == SHEET else ranks[each.by.device] == 0


def _places(said: Iterable[Said]) -> Places:
    """How far each device has to be heard for these of its statements to be."""
    found: dict[bytes, dict[bytes, int]] = {}
    for each in said:
        runs = found.setdefault(each.device, {})
        runs[each.run] = max(runs.get(each.run, 0), each.number)
    return found


def _come_to(
    first: Member,
    heard: Sequence[_Heard],
    ranks: Mapping[bytes, int],
    sheets: Mapping[bytes, Sequence[Said]],
    making: Places,
) -> Membership:
    """What the statements that count come to."""
    members: dict[bytes, Member] = {}
    used: dict[bytes, set[bytes]] = {}
    accepted = [
        (ranks[each.by.device], POWER[each.what.role], each.what.name, each.what) for each in _all(Accepted, heard)
    ]
    for *_order, each in sorted(accepted, key=lambda each: each[:3]):
        device = device_of(each.key)  # of two who let one in the one with the lower rank is heard, then the lesser role
        members.setdefault(device, Member(device, each.key, each.name, each.role))
        used.setdefault(each.joining, set()).add(device)
    members[first.device] = first
    standing = _standing(heard, ranks, _promoted(heard, members))
    for device, role in _roles(standing.values()).items():
        if device in members:
            members[device] = replace(members[device], role=role)
    revoked = [each for each in standing.values() if isinstance(each, Revoked)]
    for revocation in sorted(revoked, key=lambda each: -each.at):
        if revocation.device in members:
            members[revocation.device] = replace(members[revocation.device], lost=max(revocation.at, 1))
    told = [each for each in _all(SheetMade, heard) if each.what.public in sheets]
    made = [each.what for each in told if not each.what.instead or each.by in sheets[each.what.public]]
    return Membership(
        members,
        ranks,
        _limits(_firmly(revoked, _standing(heard, ranks)), making),
        standing,
        _offers(heard, ranks, members),
        {joining: tuple(sorted(devices)) for joining, devices in used.items()},
        _keys(heard),
        _newest(made),
        frozenset(sheets),
    )


def _heard(root: bytes, told: Sequence[tuple[Said, Any]], making: Places) -> tuple[list[_Heard], dict[bytes, int]]:
    """What counts of what was told, and the ranks of those whose words count: one rank after the other."""
    ranks = {SHEET: -1, root: 0}
    heard: list[_Heard] = []
    rank = -1
    while speaking := {device for device, known in ranks.items() if known == rank}:
        limits = _limits((each for each in _standing(heard, ranks).values() if silences(each)), making)
        for said, what in told:
            within = said.device not in limits or said.number <= limits[said.device].get(said.run, 0)
            if said.device in speaking and within:
                heard.append(_Heard(said, statement_digest(said.what), what))
        let_in = {device_of(each.key) for each in _of(Accepted, heard)}
        for device in [found for each in heard for found in _raised(each, ranks, rank, let_in)]:
            ranks.setdefault(device, rank + 1)
        rank += 1
    return heard, ranks


def _raised(each: _Heard, ranks: Mapping[bytes, int], rank: int, let_in: Collection[bytes]) -> Iterator[bytes]:
    """Whom a statement makes a coordinator that comes after this rank: after whoever let it in and who invited it, and
    after who appointed it once somebody let it in."""
    what = each.what
    if isinstance(what, Accepted) and what.role == COORDINATOR:
        inviter = what.inviter if what.inviter != NOBODY else each.by.device
        if inviter in ranks and max(ranks[each.by.device], ranks[inviter]) == rank:
            yield device_of(what.key)
    elif isinstance(what, Appointed) and what.role == COORDINATOR and what.device in let_in:
        yield what.device


def _promoted(heard: Sequence[_Heard], members: Mapping[bytes, Member]) -> frozenset[bytes]:
    """The devices that came as workers', as these members were let in, and were made coordinators' later."""
    appointed = {each.device for each in _of(Appointed, heard) if each.role == COORDINATOR}
    return frozenset(each for each in appointed if each in members and members[each].role == WORKER)


def _standing(
    heard: Sequence[_Heard], ranks: Mapping[bytes, int], promoted: Collection[bytes] = ()
) -> dict[bytes, Appointed | Revoked]:
    """What those before a laptop say of it, less what they, or who said it, took back.

    That one of the ``promoted`` was lost stands also where its maker comes no longer before it: who promoted it may not
    have known. It is given up then, and what it says of others counts.
    """
    made: dict[bytes, Appointed | Revoked] = {}
    makers: dict[bytes, set[bytes]] = {}
    for (device, *_where), digest, what in heard:
        if isinstance(what, (Appointed, Revoked)):
            equal = what.device != device and what.device in promoted and ranks[device] == ranks[what.device]
            if above(ranks, device, what.device) or (equal and isinstance(what, Revoked)):
                made[digest] = what
                makers.setdefault(digest, set()).add(device)
    for (device, *_where), _digest, what in heard:
        for digest in what.statements if isinstance(what, Withdrawn) else ():
            if digest in made:
                makers[digest].discard(device)
                if not makers[digest] or above(ranks, device, made[digest].device):
                    del made[digest]
    return made


def _offers(heard: Sequence[_Heard], ranks: Mapping[bytes, int], members: Mapping[bytes, Member]) -> dict[bytes, Offer]:
    """The invitations of those who are coordinators now that neither they nor those before them took back."""
    gone: dict[bytes, set[bytes]] = {}
    for said, _digest, what in heard:
        for digest in what.statements if isinstance(what, Withdrawn) else ():
            gone.setdefault(digest, set()).add(said.device)
    found: dict[bytes, Offer] = {}
    for said, digest, what in heard:
        member = members.get(said.device)
        if isinstance(what, Invited) and member is not None and member.role == COORDINATOR and not member.lost:
            by = said.device
            if not any(each == by or ranks[each] < ranks[by] for each in gone.get(digest, ())):
                offer = Offer(by, what.role, what.until)
                held = found.get(what.joining, offer)
                found[what.joining] = min(offer, held, key=lambda each: (ranks[each.by], each[::-1]))
    return found


def _keys(heard: Sequence[_Heard]) -> tuple[KeyGiven, ...]:
    """The keys given, each once, in the order of audience and number, of which none counts far beyond the others."""
    found = {each.digest: each.what for each in heard if isinstance(each.what, KeyGiven) and each.what.secrets}
    order = sorted(found, key=lambda digest: (found[digest].audience, found[digest].number, digest))
    reached: dict[str, int] = {}
    keys = []
    for given in (found[digest] for digest in order):
        if 1 <= given.number <= reached.get(given.audience, 1) + _AHEAD:
            reached[given.audience] = given.number
            keys.append(given)
    return tuple(keys)


def _newest(made: Sequence[SheetMade]) -> SheetMade | None:
    """The sheet that no later one takes the place of; of two, made at two desks, the same one everywhere."""
    gone = {each.instead for each in made}
    left = [each for each in made if each.public not in gone]
    return min(left, key=lambda each: (each.public, each.recipient), default=None)


def _all(kind: type[Any], heard: Sequence[_Heard]) -> list[_Heard]:
    return [each for each in heard if isinstance(each.what, kind)]


def _of(kind: type[Found], heard: Sequence[_Heard]) -> list[Found]:
    return [each.what for each in _all(kind, heard)]


def _roles(standing: Collection[Appointed | Revoked]) -> dict[bytes, str]:
    """Each appointed device's role: of the appointments that stand, the least power."""
    roles: dict[bytes, str] = {}
    for each in standing:
        if isinstance(each, Appointed):
            roles[each.device] = min(roles.get(each.device, each.role), each.role, key=POWER.__getitem__)
    return roles


def _firmly(revoked: Iterable[Revoked], firm: Mapping[bytes, Appointed | Revoked]) -> list[Revoked]:
    """The revocations by whoever comes before a laptop; an equal's, which also stand, where there is none of these."""
    by_those_before = [each for each in firm.values() if isinstance(each, Revoked)]
    devices = {each.device for each in by_those_before}
    return [*by_those_before, *(each for each in revoked if each.device not in devices)]


def _limits(told: Iterable[Appointed | Revoked], making: Places) -> dict[bytes, dict[bytes, int]]:
    """How far each device counts by what is told of it: as far as any says, and as far as it made a sheet."""
    limits: dict[bytes, dict[bytes, int]] = {}
    for each in told:
        runs = limits.setdefault(each.device, {})
        for run, reached in (*each.runs.items(), *making.get(each.device, {}).items()):
            runs[run] = max(runs.get(run, 0), reached)
    return limits
