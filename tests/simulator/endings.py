"""How a world ends: all meet until nothing is new, older programs are brought up to date, and all is compared."""

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.store.decisions import Decision
from outreach_app.store.handovers import NOTICES
from outreach_app.store.identities import COORDINATORS, EVERYONE
from tests.helpers.doings import read_back
from tests.helpers.memories import all_shown
from tests.simulator.deeds import mail
from tests.simulator.laptops import NEWEST, Laptop, held_changes, held_ids
from tests.simulator.oracles import Divergence, Loss, compare
from tests.simulator.roads import FOREIGN
from tests.simulator.steps import Step
from tests.simulator.worlds import World

_ROUNDS = 2
_MOST_DECISIONS = 400


def settle(world: World) -> None:
    """All of it. Raises Divergence, or Loss."""
    for folder in world.folders:
        folder.put_in()
        folder.arrive()
        for path in folder.segments:
            if path.name.startswith(FOREIGN):
                path.unlink()
    _all_meet(world, len(world.folders))
    _programs_agree(world)
    for laptop in world.laptops:
        while laptop.program < NEWEST:
            laptop.upgrade()
    _all_meet(world)
    _mail_last(world)
    _all_meet(world)
    _alike(world)
    _nothing_lost(world)
    for laptop in world.laptops:
        _stands_as_it_must(world, laptop)
    for laptop in world.meeting:
        _replayed(world, laptop)
    _decided(world)


def _all_meet(world: World, folders: int = 1) -> None:
    for _round in range(_ROUNDS):
        for laptop in world.meeting:
            for folder in world.folders[:folders]:
                world.meet(laptop, folder)


def _programs_agree(world: World) -> None:
    """Those of one program hold and show the same; an older one holds nothing that a newer does not."""
    groups: dict[tuple[bool, int], Laptop] = {}
    for laptop in sorted(world.meeting, key=lambda each: each.program):
        first = groups.setdefault((_reads_all(laptop), laptop.program), laptop)
        _same(first, laptop)
    workers = [laptop for (reads_all, _program), laptop in sorted(groups.items()) if not reads_all]
    for older, newer in pairwise(workers):
        if not held_ids(older.store).keys() <= held_ids(newer.store).keys():
            raise Divergence("an older program holds what a newer one does not")


def _mail_last(world: World) -> None:
    """Who never syncs mails a last workbook, and the coordinator reads it."""
    for at, laptop in enumerate(world.laptops):
        if not laptop.syncs:
            mail(world, Step("mail", at, 0, len(world.post)))
            with world.working(world.office) as store:
                read_back(store, world.post[-1])


def _alike(world: World) -> None:
    for laptop in world.meeting:
        first = next(each for each in world.meeting if _reads_all(each) == _reads_all(laptop))
        _same(first, laptop)
        if held_ids(laptop.store, EVERYONE).keys() != held_ids(world.office.store, EVERYONE).keys():
            raise Divergence(f"{laptop.name} holds something else than the coordinator")


def _same(one: Laptop, other: Laptop) -> None:
    if held_ids(one.store).keys() != held_ids(other.store).keys():
        raise Divergence(f"{one.name} and {other.name} hold different changes after all have met")
    shown, seen = _shown(one), _shown(other)
    if shown != seen:
        differing = [name for name in seen if seen[name] != shown[name]]
        apart = {name: sorted(set(shown[name]) ^ set(seen[name]))[:4] for name in differing}
        raise Divergence(f"{one.name} and {other.name} hold the same and differ in {apart}")


def _shown(laptop: Laptop) -> dict[str, Any]:
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
    """Whatever was acknowledged is held; nothing is by anybody who is no member."""
    meeting = {laptop.store.device for laptop in world.meeting}
    for laptop in world.laptops:
        held, own = held_ids(laptop.store), {laptop.store.device}
        due = {
            place
            for place, change in world.saved.items()
            if change.device in (meeting if laptop.syncs else own)
            and (change.audience == EVERYONE or _reads_all(laptop))
        }
        if lost := due - held.keys():
            raise Loss(f"{len(lost)} saved changes are gone from the laptop of {laptop.name}")
        members = {*world.office.store.membership().members, bytes(16)}
        if {*held.values()} - members:
            raise Divergence(f"{laptop.name} holds what a stranger wrote")
    if lost_reports := set(world.reports.values()) - held_ids(world.office.store).keys():
        raise Loss(f"{len(lost_reports)} sensitive reports are gone")


def _stands_as_it_must(world: World, laptop: Laptop) -> None:
    compare(laptop.name, laptop.store, held_changes(laptop.store).values(), world.knew)
    found = laptop.store.check()
    if not found.healthy:
        raise Divergence(f"what {laptop.name} shows is not what the journal makes: {found}")


def _replayed(world: World, laptop: Laptop) -> None:
    """All that the coordinator holds, once more and in another order, changes nothing."""
    offered = [each for each in held_changes(world.office.store).values() if each.audience == EVERYONE]
    random.Random(len(offered)).shuffle(offered)
    before = _shown(laptop)
    if laptop.store.apply(offered).new or _shown(laptop) != before:
        raise Divergence(f"what {laptop.name} held already was new to it")


def _decided(world: World) -> None:
    """Each decision is listed once, and when the coordinator has settled all, nobody has any."""
    office, dice = world.office, random.Random(len(world.saved))
    for _decision in range(_MOST_DECISIONS):
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
    for laptop in world.meeting:
        if _to_decide(laptop):
            raise Divergence(f"something waits at {laptop.name} that was decided")
