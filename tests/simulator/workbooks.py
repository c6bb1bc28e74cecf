"""Workbooks as files: written by the program, typed over in a spreadsheet program, mailed, and read back by anybody."""

import random
from pathlib import Path

import openpyxl

from outreach_app.model.identifiers import id_bytes
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from tests.helpers.doings import NAMES, TOWNS
from tests.simulator.holdings import held_writes
from tests.simulator.laptops import Laptop
from tests.simulator.oracles import Divergence, compare
from tests.simulator.steps import Step
from tests.simulator.worlds import World


def mail_file(world: World, step: Step) -> None:
    """Write a workbook and mail it; somebody may type over it, and below it."""
    given_up = step.chance % 2
    mailed(world, world.laptop(step, lambda each: given_up and each.store.device in world.given_up), step.dice)


def mailed(world: World, laptop: Laptop, dice: random.Random) -> Path:
    """A workbook of a laptop that is on its way."""
    path, knew = world.place / f"workbook {len(world.files)}.xlsx", held_writes(laptop.store)
    with world.working(laptop) as store:
        [log] = export_workbook(store, path).changes.records["exports"]
    world.seen.by_book[id_bytes(log)] = knew
    world.files.append((path, id_bytes(log)))
    if dice.randrange(3):
        world.happened["file edited"] += _typed_over(path, dice)
    world.happened["file of one who never syncs"] += not laptop.syncs
    world.happened["file of a laptop given up"] += laptop.store.device in world.given_up
    return path


def _typed_over(path: Path, dice: random.Random) -> bool:
    """Type over the towns of people in a workbook, and a new person below; whether there was anything to type over."""
    book = openpyxl.load_workbook(path)
    rows = list(book["People"].iter_rows())
    at = next(place for place, row in enumerate(rows) if "Name" in [cell.value for cell in row])
    head = [cell.value for cell in rows[at]]
    people = [row for row in rows[at + 1 :] if row[head.index("Name")].value]
    typed = [row for row in people if not dice.randrange(3)] or people[:1]
    for row in typed:
        row[head.index("Town")].value = dice.choice(TOWNS)
    if people and not dice.randrange(3):
        below = book["People"].cell(row=at + len(people) + 2, column=head.index("Name") + 1)
        below.value = dice.choice(NAMES)
    book.save(path)
    return bool(typed)


def read_file(world: World, step: Step) -> None:
    """Read one of the files mailed so far: late, out of order, and some of them again."""
    if not world.files:
        mail_file(world, step._replace(who=step.chance))
    at, laptop = step.dice.randrange(max(1, len(world.files) - step.where)), world.laptop(step)
    world.happened["file read late"] += at < len(world.files) - 1
    take_in_file(world, laptop, at)
    compare(laptop.name, laptop.store, world.seen, world.clashing)
    if step.dice.randrange(2):
        before = len(world.told)
        take_in_file(world, laptop, at)
        world.happened["file read again"] += 1
        if len(world.told) > before + 1:
            raise Divergence("a workbook that was read again said something new")


def take_in_file(world: World, laptop: Laptop, at: int = -1) -> None:
    """Read a file back at a laptop; every row is accounted for."""
    path, book = world.files[at]
    with world.working(laptop, shown=world.seen.by_book[book]) as store:
        [account] = import_path(store, path).files
    if account.error:
        raise Divergence(f"a workbook was refused: {account.error}")
    counts = [[rows.new, rows.changed, rows.same, rows.set_aside] for _kind, rows in sorted(account.rows.items())]
    world.tell(laptop.name, "read", path.name, counts)


WORKBOOKS = {mail_file: 3, read_file: 4}
"""How often each."""
