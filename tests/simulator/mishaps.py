"""What goes wrong: with folders and their files, on the way, at laptops. Each is counted where it did something."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from outreach_app.model.errors import NotWritable, WrongPassphrase
from outreach_app.store.backups import restore as restore_backup
from outreach_app.store.keys import open_remembered
from outreach_app.store.stores import Store
from outreach_app.sync.carriers import Listed
from outreach_app.sync.folders import SUBFOLDER
from tests.helpers.keyrings import Remembering, in_use
from tests.simulator import forgeries
from tests.simulator.deeds import back_up
from tests.simulator.holdings import held_ids
from tests.simulator.laptops import SECOND, Laptop, Time
from tests.simulator.oracles import Divergence, Loss
from tests.simulator.roads import FOREIGN, Folder, Trouble
from tests.simulator.steps import Step
from tests.simulator.worlds import BrokenOff, World

Verb = Callable[[World, Step], None]
TEN_YEARS = 10 * 365 * 24 * 60 * 60 * SECOND

# with the files of a folder


Spoiler = Callable[[Folder, Path, random.Random], bool]


def _spoiling(spoil: Spoiler) -> Verb:
    """The verb that does to one file what sticks, shares and programs that copy folders do: to the first that it can be
    done to."""

    def verb(world: World, step: Step) -> None:
        folder, dice = world.folder(step, lambda each: each.segments), step.dice
        paths = folder.segments
        dice.shuffle(paths)
        world.happened[_said(spoil.__name__)] += any(spoil(folder, path, dice) for path in paths)

    verb.__name__ = spoil.__name__
    return verb


def _said(name: str) -> str:
    return name.replace("_", " ")


def torn(_folder: Folder, path: Path, dice: random.Random) -> bool:
    whole = path.read_bytes()
    kept = len(whole) * dice.randrange(1, 10) // 10
    return _put(path, whole[:kept] + bytes(len(whole) - kept), dice)


def truncated(_folder: Folder, path: Path, dice: random.Random) -> bool:
    whole = path.read_bytes()
    return _put(path, whole[: len(whole) * dice.randrange(1, 10) // 10], dice)


def empty(_folder: Folder, path: Path, dice: random.Random) -> bool:
    return _put(path, b"", dice)


def bit_flipped(_folder: Folder, path: Path, dice: random.Random) -> bool:
    whole = bytearray(path.read_bytes())
    if whole:
        whole[len(whole) * dice.randrange(1, 10) // 10] ^= 1 << dice.randrange(8)
    return bool(whole) and _put(path, bytes(whole), dice)


def half_uploaded(folder: Folder, path: Path, dice: random.Random) -> bool:
    folder.uploading.setdefault(path, path.read_bytes())
    return truncated(folder, path, dice)


def missing(_folder: Folder, path: Path, _dice: random.Random) -> bool:
    path.unlink()
    return True


def missing_middle(_folder: Folder, path: Path, _dice: random.Random) -> bool:
    run = sorted(path.parent.glob("*.segment"))
    if len(run) > 2:
        run[len(run) // 2].unlink()
    return len(run) > 2


def reordered(_folder: Folder, path: Path, _dice: random.Random) -> bool:
    run = sorted(path.parent.glob("*.segment"))
    for at, each in enumerate(reversed(run)):
        each.rename(each.with_name(f"{at:03} of {len(run)}, {each.name[-24:]}"))
    return len(run) > 1


def conflicted_copy(_folder: Folder, path: Path, dice: random.Random) -> bool:
    return _put(path.with_name(f"{path.stem} (Ada's conflicted copy).segment"), path.read_bytes(), dice)


def foreign_file(_folder: Folder, path: Path, dice: random.Random) -> bool:
    return _put(path.with_name("holiday.jpg"), dice.randbytes(90), dice)


def _put(path: Path, data: bytes, dice: random.Random) -> bool:
    """Write a file with a time that no laptop's writing has, which is the same in every play."""
    same = path.exists() and path.read_bytes() == data
    path.write_bytes(data)
    at = dice.randrange(10**9)
    os.utime(path, ns=(at, at))
    return not same


SPOILT: dict[Spoiler, int] = {
    torn: 3, truncated: 3, empty: 3, bit_flipped: 3, half_uploaded: 3, missing: 3, missing_middle: 6, reordered: 5,
    conflicted_copy: 3, foreign_file: 2,
}  # fmt: skip
"""How often each."""


def _intruding(name: str, made: Callable[[World, Step], bytes]) -> Verb:
    """The verb that puts a file in a folder that no laptop put there."""

    def verb(world: World, step: Step) -> None:
        folder, dice = world.folder(step, lambda each: each.there), step.dice
        if folder.there and (data := made(world, step)):
            called = FOREIGN if name == "foreign_segment" else "received"
            place = folder.place / SUBFOLDER / f"{called} {dice.randrange(100)}.segment"
            place.parent.mkdir(exist_ok=True)
            world.happened[_said(name)] += _put(place, data, dice)

    verb.__name__ = name
    return verb


def _replayed(world: World, step: Step) -> bytes:
    return world.archive[step.dice.choice(sorted(world.archive))] if world.archive else b""


INTRUDERS: dict[str, Callable[[World, Step], bytes]] = {
    "stranger": lambda world, step: forgeries.by_a_stranger(world.space, step.dice).data,
    "forged_author": lambda world, step: forgeries.by_a_forger(world.space, step.dice, world.laptop(step)).data,
    "foreign_segment": lambda _world, step: forgeries.of_another_department(step.dice).data,
    "decompression_bomb": lambda world, _step: forgeries.bomb(world.space),
    "replayed": _replayed,
}


# with whole folders


def pull(world: World, step: Step) -> None:
    """The stick is pulled out; whoever looks for it next puts it in."""
    folder = world.folder(step)
    if folder.there:
        folder.pull()


def swap(world: World, _step: Step) -> None:
    """One stick is taken for the other."""
    one, other = world.folders
    if one.there and other.there:
        between = one.place.with_name("between")
        one.place.rename(between)
        other.place.rename(one.place)
        between.rename(other.place)
        world.happened["wrong carrier"] += 1


def empty_stick(world: World, step: Step) -> None:
    """A new and empty stick is taken for the old one, which stays in the drawer for good."""
    folder = world.folder(step, lambda each: each.segments)
    if folder.segments:
        folder.place.rename(world.new_place())
        folder.place.mkdir()
        world.happened["empty carrier"] += 1


def anothers_stick(world: World, step: Step) -> None:
    """Another department's stick is put in, and somebody syncs with it; then the right one is put back."""
    folder, between = world.folder(step, lambda each: each.there), world.new_place()
    if folder.there:
        folder.place.rename(between)
        folder.place.mkdir()
        (folder.place / SUBFOLDER).mkdir()
        foreign = folder.place / SUBFOLDER / f"{FOREIGN}.segment"
        _put(foreign, forgeries.of_another_department(step.dice).data, step.dice)
        world.meet(world.meeting_one(step), folder)
        if folder.segments != [foreign]:
            raise Divergence("something was left on another department's stick")
        shutil.rmtree(folder.place)
        between.rename(folder.place)


def old_folder(world: World, step: Step) -> None:
    """A folder is as it was some time ago: a copy of it took its place."""
    folder = world.folder(step, lambda each: each.there and each.older)
    if not folder.there:
        return
    if folder.older is None:
        folder.older = world.new_place()
        shutil.copytree(folder.place, folder.older)
    else:
        shutil.rmtree(folder.place)
        shutil.copytree(folder.older, folder.place)
        world.happened["old folder restored"] += 1


# on the way


def _in_trouble(name: str, made: Callable[[Folder, random.Random], Trouble]) -> Verb:
    """The verb that syncs through a folder that behaves badly meanwhile."""

    def verb(world: World, step: Step) -> None:
        folder, dice = world.folder(step), step.dice
        world.meet(world.meeting_one(step), folder, made(folder, dice))

    verb.__name__ = name
    return verb


def _outside(_folder: Folder, _dice: random.Random) -> Trouble:
    names = ("../outside.segment", "/etc/passwd", "a/../../outside.segment", "C:\\outside.segment")
    return Trouble(listed_too=[Listed(name, 5_000, "1-1") for name in names])


TROUBLES: dict[str, Callable[[Folder, random.Random], Trouble]] = {
    "stale_listing": lambda folder, _dice: Trouble(listing=list(folder.listed)),
    "listing_not_whole": lambda _folder, dice: Trouble(hidden=dice.randrange(2, 4)),
    "locked_file": lambda _folder, dice: Trouble(locked=dice.randrange(1, 4)),
    "stick_pulled_in_mid_sync": lambda _folder, dice: Trouble(pulled_after=dice.randrange(6)),
    "stick_full": lambda _folder, dice: Trouble(full_after=dice.randrange(3)),
    "path_out_of_the_folder": _outside,
}


def break_off(world: World, step: Step) -> None:
    """Somebody stops a sync after a few files."""
    left = step.dice.randrange(1, 5)

    def progress(done: int, _of: int) -> None:
        if done >= left:
            raise BrokenOff

    world.meet(world.meeting_one(step), world.folder(step), progress=progress)


def two_at_once(world: World, step: Step) -> None:
    """In the middle of one sync, the laptop syncs through the other folder."""
    laptop, one = world.meeting_one(step), world.folder(step)
    [other] = [each for each in world.folders if each is not one]
    begun: list[int] = []

    def progress(done: int, _of: int) -> None:
        if not begun:
            begun.append(done)
            world.meet(laptop, other)
            world.happened["two carriers at once"] += 1

    world.meet(laptop, one, progress=progress)


def lose_reply(world: World, step: Step) -> None:
    """The coordinator's laptop signs for what it got, and what it left goes astray."""
    folder = world.folder(step)
    before = set(folder.segments)
    if world.meet(world.office, folder) is not None and folder.there:
        own = f"/{world.office.store.device[:8].hex()}/"
        gone = [each for each in folder.segments if each not in before and own in each.as_posix()]
        for each in gone:
            each.unlink()
        world.happened["reply lost"] += bool(gone)


# at a laptop


def set_clock(world: World, step: Step) -> None:
    """A clock is ten years off, or right again, in the middle of a session."""
    laptop = world.laptop(step)
    off = step.dice.choice([each for each in (0, TEN_YEARS, -TEN_YEARS) if each != laptop.time.off])
    world.happened["clock ten years off"] += bool(off)
    world.happened["clock backwards in mid-session"] += off < laptop.time.off and laptop.ticked > 0
    laptop.time.off = off


def disk_full(world: World, step: Step) -> None:
    """There is no room left while somebody writes, or while a sync takes in what is new."""
    laptop, dice = world.laptop(step), step.dice
    left = dice.choice((0, 3_000, 10_000, 30_000))
    try:
        with laptop.nearly_full(left):
            if laptop.syncs and dice.randrange(2):
                world.meet(laptop, world.folder(step))
            else:
                world.do_something(laptop, dice)
    except NotWritable:
        world.happened["laptop full"] += 1


def kill(world: World, step: Step) -> None:
    """The program is killed: what lies on disk then is all there is."""
    laptop, place = world.laptop(step), world.new_place()
    before = held_ids(laptop.store).keys()
    laptop.copied_to(place)
    laptop.store.close()
    laptop.place = place
    laptop.open()
    if held_ids(laptop.store).keys() != before:
        raise Loss("what was saved did not outlive the program")
    world.happened["killed"] += 1


def restore(world: World, step: Step) -> None:
    """A laptop is lost, and its backup takes its place: what was on no other laptop is gone with it."""
    laptop = world.laptop(step, lambda each: each.backup)
    if laptop.backup is None:
        back_up(world, step)
        world.do_something(laptop, step.dice)
    assert laptop.backup is not None
    lost = laptop.store
    laptop.place = world.new_place()
    restore_backup(laptop.backup, laptop.place)
    laptop.open()
    world.forget(lost)
    lost.close()
    world.happened["laptop restored"] += 1


def clone(world: World, step: Step) -> None:
    """Another laptop runs on a copy of this one's disk, keyring and all."""
    laptop = world.meeting_one(step)
    twin = Laptop(laptop.name, world.new_place(), Time(world.true, laptop.time.off), laptop.program)
    if not world.make_room(laptop):
        return
    with in_use(Remembering()):
        laptop.store.slots.remember()
        laptop.copied_to(twin.place)
        twin.open(open_remembered)
        laptop.store.slots.forget()
        twin.store.slots.forget()
    world.laptops.append(twin)
    world.happened["laptop cloned"] += 1


def lock_out(world: World, step: Step) -> None:
    """The keyring has forgotten, and the passphrase is mistyped; then it is typed right."""
    laptop = world.laptop(step)
    with in_use(Remembering()) as ring:
        laptop.store.slots.remember()
        laptop.store.close()
        ring.kept.clear()
        for way in (open_remembered, "a wrong passphrase"):
            try:
                Store.open(laptop.place, way).close()
            except WrongPassphrase:
                continue
            raise Divergence("a store was opened by what does not open it")
        laptop.open()
        laptop.store.slots.forget()
    world.happened["keyring gone"] += 1
    world.happened["wrong passphrase"] += 1


MISHAPS: dict[Verb, int] = {
    **{_spoiling(spoil): often for spoil, often in SPOILT.items()},
    **{_intruding(*each): 2 for each in INTRUDERS.items()},
    **{_in_trouble(*each): 3 for each in TROUBLES.items()},
    pull: 2, swap: 2, empty_stick: 3, anothers_stick: 1, old_folder: 6, break_off: 3, two_at_once: 3,
    lose_reply: 2, set_clock: 4, disk_full: 6, kill: 2, restore: 7, clone: 1, lock_out: 1,
}  # fmt: skip
"""How often each."""
