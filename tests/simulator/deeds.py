"""What people do at their laptops and between them; each does nothing where it cannot be done."""

import random
from functools import partial
from unittest import mock

from outreach_app.journal.changes import Change
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.store import stores
from outreach_app.store.identities import COORDINATORS
from tests.helpers.doings import read_back, workbook
from tests.simulator.holdings import held_writes, kept_names
from tests.simulator.laptops import NEWEST, SECOND, Laptop
from tests.simulator.oracles import compare
from tests.simulator.steps import Step
from tests.simulator.worlds import Book, World

HALF_A_YEAR = 180 * 24 * 60 * 60 * SECOND


def write(world: World, step: Step) -> None:
    """Capture, change, join, undo, decide: a few things of a day."""
    laptop, dice = world.laptop(step), step.dice
    for _each in range(1 + dice.randrange(3)):
        world.do_something(laptop, dice)


def move_all(world: World, step: Step) -> None:
    """Write where everybody lives, in one change."""
    laptop, people = world.laptop(step), world.laptop(step).store.list("people")
    with world.working(laptop) as store, store.writing("edit_people") as draft:
        for each in people:
            draft.set("people", each.id, "town", f"Town {len(world.told)}")


def report(world: World, step: Step) -> None:
    """Write down a sensitive report, which is sealed as it is saved but at a coordinator's."""
    laptop = world.laptop(step, lambda each: each.syncs and not each.store.space.reads(COORDINATORS))
    words = f"report {len(world.told)}"
    before = kept_names(laptop.store)
    with world.working(laptop) as store:
        record_feedback(store, NewFeedback(words, sensitive=True))
    if laptop.syncs and (sealed := kept_names(laptop.store) - before):
        [world.reports[words]] = sealed
        world.sealed.add(words)
        world.happened["report sealed"] += 1


def meet(world: World, step: Step) -> None:
    """Sync through a folder."""
    world.meet(world.meeting_one(step), world.folder(step))


def meet_all(world: World, step: Step) -> None:
    """One after the other, all sync through a folder."""
    for laptop in world.meeting:
        world.meet(laptop, world.folder(step))


def unlock(world: World, step: Step) -> None:
    """Lock and unlock: new runs begin."""
    world.laptop(step).reopen()


def back_up(world: World, step: Step) -> None:
    """Make a backup, in place of the one before."""
    laptop = world.laptop(step)
    target = world.new_place()
    laptop.store.back_up(target)
    laptop.backup = target


def mail(world: World, step: Step) -> None:
    """Mail a workbook, in which somebody may have typed over some cells."""
    laptop, dice = world.laptop(step), step.dice
    world.at_work = laptop
    reading, typed = workbook(laptop.store, dice)
    if not dice.randrange(3):
        typed = []
    world.seen.by_book[reading.book] = held_writes(laptop.store)
    world.post.append((reading, typed))
    world.happened["workbook edited"] += bool(typed)
    world.happened["workbook of one who never syncs"] += not laptop.syncs


def read(world: World, step: Step) -> None:
    """Read one of the workbooks mailed so far: late, out of order, and some of them again."""
    if not world.post:
        mail(world, step._replace(who=step.chance))
    at, laptop = step.dice.randrange(len(world.post)), world.laptop(step)
    again = any(reading.book == world.post[at][0].book for each in world.saved.values() for reading in each.readings)
    world.happened["workbook read again"] += again
    world.happened["workbook read late"] += at < len(world.post) - 1
    take_in(world, laptop, world.post[at])
    compare(laptop.name, laptop.store, world.seen, world.clashing)


def take_in(world: World, laptop: Laptop, book: Book) -> None:
    """Read a workbook back at a laptop."""
    reading, _typed = book
    with world.working(laptop, shown=world.seen.by_book[reading.book]) as store:
        read_back(store, book)


def write_newer(world: World, step: Step) -> None:
    """Write in fields and kinds that only newer programs know."""
    laptop, dice = world.laptop(step, lambda each: each.program), step.dice
    if not laptop.program:
        return
    people, heard = laptop.store.list("people"), laptop.store.list("feedback")
    newest = laptop.program == NEWEST
    with world.working(laptop) as store, store.writing("edit_people") as draft:
        kind = "interests" if newest and dice.randrange(2) else "follow_ups"
        state = "asked" if kind == "interests" else "open"
        draft.new(kind, {"state": state, "notes": f"note {dice.randrange(5)}"})
        if people:
            person = dice.choice(people).id
            draft.set("people", person, "pronouns", dice.choice(("she/her", "they/them", None)))
            if newest:
                draft.set("people", person, "interests", dice.sample(("food", "housing", "transport"), 2))
    if newest and heard:  # a change of its own: what hangs on a sensitive report is for coordinators alone
        with world.working(laptop) as store, store.writing("edit_feedback") as draft:
            draft.press("feedback", dice.choice(heard).id, "several_agreed", 2)
    world.happened["field of a newer program"] += 1


def write_in_newer_form(world: World, step: Step) -> None:
    """Write a change that asks for the newest program."""
    laptop, dice = world.laptop(step, lambda each: each.program == NEWEST), step.dice
    if laptop.program == NEWEST:
        with world.working(laptop), mock.patch.object(stores, "Change", partial(Change, least=2)):
            laptop.doings(dice).person()
        world.happened["change in a newer form"] += 1


def upgrade(world: World, step: Step) -> None:
    """Install the next program, and open the store with it."""
    laptop = world.laptop(step, lambda each: each.program < NEWEST)
    if laptop.program < NEWEST:
        laptop.upgrade()
        world.happened["upgraded"] += 1


def half_a_year(world: World, step: Step) -> None:
    """One laptop is away for 180 days, in which the others work and meet; then it is back."""
    away, folder = world.meeting_one(step), world.folder(step)
    world.do_something(away, step.dice)
    for month in range(3):
        world.true.now += HALF_A_YEAR // 3
        for laptop in world.meeting:
            if laptop is not away:
                world.do_something(laptop, random.Random(step.chance + month))
                world.meet(laptop, folder)
    world.meet(away, folder)
    world.happened["180 days away"] += 1


DEEDS = {
    write: 30, move_all: 1, report: 3, meet: 16, meet_all: 6, unlock: 4, back_up: 6, mail: 5, read: 6, write_newer: 4,
    write_in_newer_form: 2, upgrade: 1, half_a_year: 1,
}  # fmt: skip
"""How often each."""
