"""The printed recovery sheet: a new one, and a laptop of which only it is left."""

from outreach_app.journal.clock import Clock
from outreach_app.model.errors import OutreachError
from outreach_app.operations.keys import may_make_sheet, new_sheet, take_for_proven
from outreach_app.operations.laptops import revoke
from outreach_app.operations.recovering import recover_space
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.stores import Store
from outreach_app.sync.segments import read_label
from tests.simulator.holdings import kept_names
from tests.simulator.laptops import NEWEST, PASSPHRASE, Laptop, as_program
from tests.simulator.oracles import Loss
from tests.simulator.roads import Folder
from tests.simulator.steps import Step
from tests.simulator.worlds import World


def make_new_sheet(world: World, step: Step) -> None:
    """A coordinator makes a new recovery sheet, where that needs them by the words of the present one."""
    desk = step.dice.choice([each for each in world.meeting if each.is_coordinators])
    words = "" if may_make_sheet(desk.store) else world.words_of_sheet(desk)
    with world.working(desk) as store:
        new_sheet(store, world.sheets.append, words)
        take_for_proven(store)
    world.happened["new recovery sheet"] += 1


def only_the_sheet_left(world: World, step: Step) -> None:
    """A laptop burns, and its keyring with it; it is made anew from the printed sheet and what lies in a folder. Now
    and then nobody knows for sure that it burnt, and it is given up by the sheet's word."""
    laptop, folder, dice = world.meeting_one(step), world.folder(step), step.dice
    folder.put_in()
    folder.arrive()
    world.meet(world.office, folder)  # or it may be that nobody has left anything there that knows of the sheet
    words, burnt = world.words_of_sheet(world.office), laptop.store
    laptop.store = _made_anew(world, laptop, folder, words)
    laptop.program, laptop.backup = NEWEST, None
    with world.working(laptop):  # what it has written by now is acknowledged
        world.forget(burnt)
    burnt.close()
    world.happened["only the sheet left"] += 1
    is_offices = burnt.device == world.office.store.device  # a copy of it burnt
    if dice.randrange(2) and not is_offices and not laptop.store.membership().members[burnt.device].lost:
        with world.working(laptop) as store:
            revoke(store, burnt.device, words)
        world.given_up.add(burnt.device)
        world.happened["given up by the sheet"] += 1


def _made_anew(world: World, laptop: Laptop, folder: Folder, words: str) -> Store:
    """The store that the sheet makes of a folder: all that whole files of the department's laptops hold is there."""
    world.at_work, laptop.ticked, laptop.time.latest, laptop.place = laptop, 0, 0, world.new_place()
    with as_program(NEWEST):
        made = recover_space(
            laptop.place, folder.place, words, laptop.name, PASSPHRASE, cost=DEMO_COST, clock=Clock(laptop.time)
        )
    members, kept = made.membership().members, kept_names(made)
    for path in folder.segments:
        try:
            segment, _sealed = read_label(path.read_bytes(), made.space.space)
        except OutreachError:  # torn, or another department's
            continue
        if segment.label.device in members and segment.name not in kept:
            raise Loss(f"the sheet did not bring back what {path.name} holds")
    return made


RECOVERIES = {make_new_sheet: 2, only_the_sheet_left: 3}
"""How often each."""
