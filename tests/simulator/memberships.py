"""Who belongs: laptops given up and found again, roles given and taken, what is held for a person, and copies of a
running laptop, which go on under the same numbers."""

from collections.abc import Callable, Sequence

from outreach_app.journal.changes import Change
from outreach_app.operations.decisions import note
from outreach_app.operations.held import accept
from outreach_app.operations.laptops import Laptop as Known
from outreach_app.operations.laptops import appoint, laptops, restore, revoke
from outreach_app.store.decisions import Decision
from outreach_app.store.identities import EVERYONE
from tests.simulator.holdings import held_ids, held_writes, left_changes, said_in
from tests.simulator.laptops import PASSPHRASE, Laptop, Time
from tests.simulator.oracles import Loss
from tests.simulator.steps import Step
from tests.simulator.worlds import World

_MOST_LOST = 2  # laptops given up at once: who is to play, else?


def give_up(world: World, step: Step) -> None:
    """A coordinator gives a laptop up as lost; whoever has it goes on writing, and syncing or mailing workbooks."""
    desk = _desk(world, step, lambda each: _some(world, step, laptops(each.store), lost=False))
    known = laptops(desk.store)
    if len(_those(world, known, lost=True)) < _MOST_LOST and (one := _some(world, step, known, lost=False)):
        with world.working(desk) as store:
            revoke(store, one.device)
        world.given_up.add(one.device)
        world.happened["laptop given up"] += 1


def find_again(world: World, step: Step) -> None:
    """A laptop that was given up is found again: what it wrote meanwhile counts."""
    desk = _desk(world, step, lambda each: _some(world, step, laptops(each.store), lost=True))
    one = _some(world, step, laptops(desk.store), lost=True)
    if one is None:
        give_up(world, step)
    else:
        with world.working(desk) as store:
            restore(store, one.device)
        world.given_up.discard(one.device)
        world.happened["laptop found again"] += 1


def change_role(world: World, step: Step) -> None:
    """A worker's laptop is made a coordinator's, or a coordinator's a worker's, as the step has it where it can be."""
    wanted = ("worker", "coordinator")[step.where % 2]

    def may(desk: Laptop) -> list[Known]:
        return [each for each in laptops(desk.store) if each.role == wanted]

    desk = _desk(world, step, lambda each: _some(world, step, may(each), lost=False))
    if one := _some(world, step, may(desk), lost=False) or _some(world, step, laptops(desk.store), lost=False):
        role = "worker" if one.role == "coordinator" else "coordinator"
        with world.working(desk) as store:
            appoint(store, one.device, role)
        world.happened[f"made a {role}"] += 1


def look_at_held(world: World, step: Step) -> None:
    """A coordinator looks at what is held of a laptop, and accepts it or leaves it out. Where nothing is, those that
    were given up write something that is."""
    desk = _desk(world, step, held_back)
    if not held_back(desk):
        for laptop in [each for each in world.meeting if each.store.device in world.given_up]:
            world.do_something(laptop, step.dice)
            world.meet(laptop, world.folder(step))
        world.meet(desk, world.folder(step))
    waiting = held_back(desk)
    if waiting:
        settle_held(world, desk, step.dice.choice(waiting), accepted=bool(step.dice.randrange(3)))


def held_back(laptop: Laptop) -> Sequence[Decision]:
    """What is held for a person at a laptop."""
    return [each for each in laptop.store.decisions(True) if each.what == "held"]


def settle_held(world: World, desk: Laptop, decision: Decision, accepted: bool) -> None:
    """Accept what is held, as far as it can be read here, or leave it out."""
    for_all = {each.audience for each in _held_of(desk, decision)}
    audience = min(for_all, default="", key=lambda each: each != EVERYONE)
    said = [each for each in _held_of(desk, decision) if each.audience == audience]
    with world.working(desk) as store:
        if not accepted or not said:
            note(store, decision)
            world.happened["held work left out"] += 1
            return
        accept(store, decision)
    gone = {each for change in said for write in change.writes for each in write.replaces}
    wanted = {each[2:] for each in said_in(said) if (each.run, each.number) not in gone}
    if not wanted <= {each[2:] for each in held_writes(desk.store)}:
        raise Loss("what was accepted is not what was held")
    world.happened["held work accepted"] += 1


def _held_of(laptop: Laptop, decision: Decision) -> list[Change]:
    """What is held of the laptop that a decision is about, in its lines, and can be read and is not held here."""
    here, names = held_ids(laptop.store), {line.name for line in decision.lines}
    return [change for digest, change in left_changes(laptop.store, names).items() if digest not in here]


def fork(world: World, step: Step) -> None:
    """A running laptop's disk is copied, and both go on in the same session, each under the numbers of the other."""
    laptop, dice = world.meeting_one(step), step.dice
    twin = Laptop(laptop.name, world.new_place(), Time(world.true, laptop.time.off), laptop.program)
    if not laptop.store.space.reads(EVERYONE) or not world.make_room(laptop):
        return
    with world.working(laptop) as store, store.writing("make_people") as draft:
        person = draft.new("people", {"name": f"Person {len(world.told)}"})
    laptop.copied_to(twin.place)
    twin.open(PASSPHRASE)
    twin.store._runs = dict(laptop.store._runs)
    world.forked |= {*laptop.store._runs.values()}
    world.laptops.append(twin)
    for each in (laptop, twin):
        for _thing in range(dice.randrange(4)):
            if dice.randrange(3):
                world.do_something(each, dice)
                continue
            with world.working(each) as store, store.writing("edit_people") as draft:
                draft.set("people", person, "town", f"Town {len(world.told)}")
    world.happened["session forked"] += 1


def _desk(world: World, step: Step, fit: Callable[[Laptop], object]) -> Laptop:
    """A laptop that is a coordinator's, as far as it knows: one that is ``fit`` for it, where there is one."""
    desks = [each for each in world.meeting if each.is_coordinators]
    return step.dice.choice([each for each in desks if fit(each)] or desks)


def _some(world: World, step: Step, known: Sequence[Known], lost: bool) -> Known | None:
    """One of the laptops of which something may be said there, given up or not."""
    found = _those(world, known, lost)
    return found[step.who % len(found)] if found else None


def _those(world: World, known: Sequence[Known], lost: bool) -> list[Known]:
    """All of them that are still somewhere."""
    there = {each.store.device for each in world.laptops}
    return [each for each in known if each.below and bool(each.lost) == lost and each.device in there]


MEMBERSHIPS = {give_up: 4, find_again: 4, change_role: 4, look_at_held: 5, fork: 4}
"""How often each."""
