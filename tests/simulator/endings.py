"""How a world ends: all meet until nothing is new, older programs are brought up to date, and all is compared."""

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

from outreach_app.model.errors import OutreachError
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.store.decisions import Decision
from outreach_app.store.handovers import NOTICES
from outreach_app.store.identities import COORDINATORS, EVERYONE
from outreach_app.sync.segments import space_of
from tests.helpers.memories import all_shown
from tests.simulator.deeds import mail, take_in
from tests.simulator.holdings import held_changes, held_ids, left_changes
from tests.simulator.laptops import NEWEST, Laptop
from tests.simulator.memberships import held_back, settle_held
from tests.simulator.oracles import Divergence, Loss, compare
from tests.simulator.steps import Step
from tests.simulator.workbooks import mailed, take_in_file
from tests.simulator.worlds import World

_MOST_ROUNDS = 9
_MOST_DECISIONS = 400

Shown = dict[str, Any]
"""All that a laptop shows."""


def settle(world: World) -> None:
    """All of it. Raises Divergence, or Loss."""
    for folder in world.folders:
        folder.put_in()
        folder.arrive()
        for path in folder.segments:
            if _is_foreign(path.read_bytes(), world):
                path.unlink()
    _all_meet(world, len(world.folders))
    _programs_agree(world)
    for laptop in world.laptops:
        while laptop.program < NEWEST:
            laptop.upgrade()
    _mail_last(world)
    _all_meet(world)
    alike = _alike(world)
    _nothing_lost(world)
    for laptop in world.laptops:
        _stands_as_it_must(world, laptop)
    for laptop, shown in zip(_members(world), alike, strict=True):
        _replayed(world, laptop, shown)
    _decided(world)


def _is_foreign(data: bytes, world: World) -> bool:
    """Whether a file is another department's, whatever it is called by now: a folder of such alone is left alone."""
    try:
        return space_of(data) != world.space.space
    except OutreachError:
        return False


def _all_meet(world: World, folders: int = 1) -> None:
    """All sync one after the other through each folder, until each had nothing new since anybody had."""
    each_once = [(laptop, folder) for laptop in world.meeting for folder in world.folders[:folders]]
    quiet = 0
    for laptop, folder in each_once * _MOST_ROUNDS:
        account = world.meet(laptop, folder)
        if account is not None:
            new = account.received + account.late + account.sent_segments + account.carried_segments
            quiet = 0 if new else quiet + 1
        if quiet == len(each_once):
            return
    raise Divergence("meeting comes to no end")


def _members(world: World) -> list[Laptop]:
    """Those that sync and are not given up: what they hold is compared."""
    members = world.office.store.membership().members
    return [laptop for laptop in world.meeting if not members[laptop.store.device].lost]


def _alike(world: World) -> list[Shown]:
    """All hold what is for everyone, coordinators all the rest too; those who hold the same show the same. What each
    member shows."""
    groups: dict[frozenset[bytes], tuple[str, Shown]] = {}
    all_show = []
    for laptop in _members(world):
        if held_ids(laptop.store, EVERYONE).keys() != held_ids(world.office.store, EVERYONE).keys():
            raise Divergence(f"{laptop.name} holds something else than the coordinator")
        if _reads_all(laptop) and _sealed(laptop) != _sealed(world.office):
            raise Divergence(f"{laptop.name} is a coordinator and does not hold all that is for coordinators")
        shown = _shown(laptop)
        _same(*groups.setdefault(_sealed(laptop), (laptop.name, shown)), laptop.name, shown)
        all_show.append(shown)
    return all_show


def _programs_agree(world: World) -> None:
    """Those of one program hold and show the same; an older one holds nothing that a newer does not."""
    groups: dict[tuple[int, frozenset[bytes]], Laptop] = {}
    for laptop in sorted(_members(world), key=lambda each: each.program):
        first = groups.setdefault((laptop.program, _sealed(laptop)), laptop)
        if not _common(world, first) <= _common(world, laptop):
            raise Divergence(f"{first.name} and {laptop.name} hold different changes after all have met")
        if first is not laptop and held_ids(first.store).keys() == held_ids(laptop.store).keys():
            _same(first.name, _shown(first), laptop.name, _shown(laptop))
    for older, newer in pairwise([laptop for _group, laptop in sorted(groups.items(), key=lambda each: each[0][0])]):
        if not _common(world, older) <= _common(world, newer):
            raise Divergence("an older program holds what a newer one does not")


def _common(world: World, laptop: Laptop) -> set[bytes]:
    """What a laptop holds for everyone, but for runs with two contents: a newer program may know that there are."""
    clashing = world.clashing
    held = held_ids(laptop.store, EVERYONE).keys()
    return {each for each in held if each not in world.saved or world.saved[each].id.run not in clashing}


def _sealed(laptop: Laptop) -> frozenset[bytes]:
    return frozenset(held_ids(laptop.store, COORDINATORS))


def _mail_last(world: World) -> None:
    """Who never syncs mails a last workbook, and the coordinator reads it."""
    for at, laptop in enumerate(world.laptops):
        if not laptop.syncs:
            mail(world, Step("mail", at, 0, len(world.post)))
            take_in(world, world.office, world.post[-1])
            mailed(world, laptop, random.Random(len(world.files)))
            take_in_file(world, world.office)


def _same(one: str, shown: Shown, other: str, seen: Shown) -> None:
    if shown != seen:
        differing = [name for name in seen if seen[name] != shown[name]]
        apart = {name: sorted(set(shown[name]) ^ set(seen[name]))[:4] for name in differing}
        raise Divergence(f"{one} and {other} hold the same and differ in {apart}")


def _shown(laptop: Laptop) -> Shown:
    """All that follows from the journal alone; what is only noted is each laptop's own."""
    decisions = [replace(each, why=(), score=0) for each in _to_decide(laptop, look=True)]  # each has its own reasons
    return {**all_shown(laptop.store), "decisions": sorted(map(repr, decisions))}


def _to_decide(laptop: Laptop, look: bool = False) -> list[Decision]:
    """What waits for a person; ``look``: also for duplicates that came since it last took something in."""
    if look:
        look_for_duplicates(laptop.store)
    return [each for each in laptop.store.decisions(True) if each.what not in NOTICES]


def _reads_all(laptop: Laptop) -> bool:
    return laptop.store.space.reads(COORDINATORS)


def _nothing_lost(world: World) -> None:
    """Whatever was acknowledged is held, or waits for a person who is to look at it; and nothing is by a stranger."""
    known, clashing = world.office.store.membership(), world.clashing
    for laptop in world.laptops:
        lost = laptop.store.device in known.members and bool(known.members[laptop.store.device].lost)
        wrote = {laptop.store.device} if lost or not laptop.syncs else {each.store.device for each in world.meeting}
        held, left = held_ids(laptop.store), left_changes(laptop.store)
        due = {
            digest
            for digest, change in world.saved.items()
            if change.device in wrote and (change.audience == EVERYONE or _reads_all(laptop))
        }
        if not _reads_all(laptop):  # what is held for a person may be sealed to who was not given up by its maker
            due -= left_changes(world.office.store).keys()
        if gone := due - held.keys() - left.keys():
            raise Loss(f"{len(gone)} saved changes are gone from the laptop of {laptop.name}")
        for change in (world.saved[digest] for digest in due - held.keys()):
            limit = known.limit(change.device, change.id.run)
            beyond = limit is not None and change.last > limit
            if not beyond and change.id.number < clashing.get(change.id.run, change.last + 1):
                raise Divergence(f"{change.verb} is held back at {laptop.name} for no reason")
        if {*held.values()} - {*known.members, bytes(16)}:
            raise Divergence(f"{laptop.name} holds what a stranger wrote")
    office = world.office.store
    told = [*held_changes(office), *left_changes(office).values()]
    if lost_reports := world.reports.keys() - {
        write.value for each in told for write in each.writes if write.slot.field == "verbatim"
    }:
        raise Loss(f"{len(lost_reports)} sensitive reports are gone")


def _stands_as_it_must(world: World, laptop: Laptop) -> None:
    compare(laptop.name, laptop.store, world.seen)
    found = laptop.store.check()
    if not found.healthy:
        raise Divergence(f"what {laptop.name} shows is not what the journal makes: {found}")


def _replayed(world: World, laptop: Laptop, before: Shown) -> None:
    """All that the coordinator holds, once more and in another order, changes nothing."""
    offered = [each for each in held_changes(world.office.store) if each.audience == EVERYONE]
    random.Random(len(offered)).shuffle(offered)
    if laptop.store.apply(offered).new or _shown(laptop) != before:
        raise Divergence(f"what {laptop.name} held already was new to it")


def _decided(world: World) -> None:
    """Each decision is listed once, and when the coordinator has settled all, nobody has any; what became of
    something held may be told to coordinators alone."""
    office, dice = world.office, random.Random(len(world.saved))
    for _decision in range(_MOST_DECISIONS):
        if waiting := held_back(office):
            settle_held(world, office, waiting[0], accepted=bool(dice.randrange(2)))
            continue
        left = _to_decide(office) or _to_decide(office, look=True)
        if not left:
            break
        if len({each.place for each in left}) < len(left):
            raise Divergence("a decision is listed twice")
        with world.working(office):
            office.doings(dice).settle(left[0])
    else:
        raise Divergence("deciding comes to no end")
    _all_meet(world)
    _alike(world)
    for laptop in _members(world):
        if _to_decide(laptop) or (_reads_all(laptop) and held_back(laptop)):
            raise Divergence(f"something waits at {laptop.name} that was decided")
