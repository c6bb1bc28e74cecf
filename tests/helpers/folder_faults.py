"""What can go wrong in the folders that laptops meet in, each brought about for real, and what is said of it."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import Mock

from outreach_app.journal.statements import WORKER, Accepted
from outreach_app.operations.deciding import in_words
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.laptops import revoke
from outreach_app.operations.records import make_record
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.identities import DeviceIdentity
from outreach_app.store.journals import digested
from outreach_app.sync import segments
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.frames import framed, unframed
from outreach_app.sync.segments import open_segment, seal
from tests.helpers.faults import World, said

NEXT_YEAR = 365 * 24 * 60 * 60 * 1_000_000


# a file in a folder


def half_uploaded(world: World) -> str:
    _rewrite(world, lambda data: data[: len(data) // 2])
    return world.synced()


def empty(world: World) -> str:
    _rewrite(world, lambda _data: b"")
    return world.synced()


def bit_flipped(world: World) -> str:
    _rewrite(world, lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:])
    return world.synced()


def tampered(world: World) -> str:
    def alter(data: bytes) -> bytes:
        payload = bytearray(unframed(segments.MAGIC, segments.FORMAT, data))
        payload[-1] ^= 1
        return framed(segments.MAGIC, segments.FORMAT, bytes(payload))

    _rewrite(world, alter)
    return world.synced()


def another_program_s_file(world: World) -> str:
    _rewrite(world, lambda _data: b"Dear neighbor, " * 20)
    return world.synced()


def another_departments_file(world: World) -> str:
    other = world.other()
    away = world.county.folder_named("away")
    sync_folder(other, away)
    strange = next(away.rglob("*.segment"))
    (world.file().parent / "strange.segment").write_bytes(strange.read_bytes())
    return world.synced()


def another_departments_folder(world: World) -> str:
    other = world.other()
    return said(lambda: sync_folder(other, world.folder))


def newer_file(world: World) -> str:
    changes = open_segment(world.file().read_bytes(), world.ben.space).changes
    newer = [replace(each, least=segments.LEAST + 1) for each in changes]
    _rewrite(world, lambda _data: seal(newer, world.ben.identity, world.ben.space).data)
    return world.synced()


def too_large_a_file(world: World) -> str:
    world.patch.setattr("outreach_app.sync.exchanges.MOST_FILE", 100)
    return world.synced()


def bomb(world: World) -> str:
    """A body that says it unpacks to more than any segment holds, signed by a laptop of the department itself."""
    world.patch.setattr(segments, "MOST_BODY", 10)
    return world.synced()


def missing_middle(world: World) -> str:
    middle = world.file()
    world.more("Cora")
    middle.unlink()
    return world.synced()


def not_let_in(world: World) -> str:
    """The invitation was used up: somebody else came in with it."""
    dan = world.county.joined("Dan")
    with world.office.writing("let_in") as draft:
        invited = world.office.membership().invited
        draft.statements += [Accepted(each, DeviceIdentity.new().public, "Somebody", WORKER) for each in invited]
    world.county.sync(world.office)
    sync_folder(dan, world.folder)
    return world.synced()


def written_after_it_was_lost(world: World) -> str:
    world.county.sync(world.office, world.ben)
    revoke(world.office, world.ben.device)
    world.more("By the thief")
    return world.synced()


def sealed_for_coordinators(world: World) -> str:
    cora = world.county.joined("Cora")
    world.county.sync(cora, world.office, cora)
    record_feedback(world.ben, NewFeedback("The inspector asked for money", sensitive=True))
    world.county.sync(world.ben)
    reasons = [each.reason for each in sync_folder(cora, world.folder).exchange.set_aside]
    assert len(set(reasons)) == 1, reasons
    return reasons[0]


def two_contents_of_one_number(world: World) -> str:
    """A clone of a laptop that went on in the same run, which no program does."""
    world.county.sync(world.office)
    file = world.file()
    own = open_segment(file.read_bytes(), world.ben.space).changes[0]
    others = (digested(replace(own, author=f"Somebody {number}")) for number in count())
    other = next(each for each in others if each.digest > own.digest)  # of two, the lesser stands
    (file.parent / "clone.segment").write_bytes(seal([other], world.ben.identity, world.ben.space).data)
    return world.synced()


def _rewrite(world: World, what: Callable[[bytes], bytes]) -> None:
    """Make something else of Ben's newest segment."""
    file = world.file()
    file.write_bytes(what(file.read_bytes()))


# the folder itself


def stick_not_in(world: World) -> str:
    return said(lambda: sync_folder(world.office, world.place / "stick"))


def stick_pulled_while_it_is_read(world: World) -> str:
    carrier = FolderCarrier(world.folder)
    world.patch.setattr(os, "scandir", Mock(side_effect=OSError(errno.EIO, "gone")))
    return said(carrier.listing)


def stick_pulled_while_it_is_written(world: World) -> str:
    def pull(_done: int, _of: int) -> None:
        with suppress(OSError):
            world.folder.rename(world.place / "pulled")
            world.folder.mkdir()

    make_record(world.office, "people", {"name": "Dora"})
    return sync_folder(world.office, world.folder, pull).exchange.not_sent


def full_stick(world: World) -> str:
    return _not_written(world, errno.ENOSPC)


def read_only_stick(world: World) -> str:
    return _not_written(world, errno.EROFS)


def stick_that_does_not_answer(world: World) -> str:
    return _not_written(world, errno.EIO)


def _not_written(world: World, number: int) -> str:
    true, opened = os.open, str(world.folder)

    def refuse(path: object, flags: int, *more: int) -> int:
        if flags & os.O_CREAT and str(path).startswith(opened):
            raise OSError(number, "no")
        return true(str(path), flags, *more)

    make_record(world.office, "people", {"name": "Dora"})
    world.patch.setattr(os, "open", refuse)
    return sync_folder(world.office, world.folder).exchange.not_sent


def stick_that_does_not_keep_what_it_takes(world: World) -> str:
    true = Path.read_bytes
    make_record(world.office, "people", {"name": "Dora"})
    before = set(world.folder.rglob("*.segment"))

    def read(path: Path) -> bytes:
        fresh = path.suffix == ".segment" and path not in before
        return bytes(len(true(path))) if fresh else true(path)

    world.patch.setattr(Path, "read_bytes", read)
    return sync_folder(world.office, world.folder).exchange.not_sent


def locked_file(world: World) -> str:
    true, file = Path.read_bytes, world.file()

    def read(path: Path) -> bytes:
        if path == file:
            raise PermissionError(errno.EACCES, "held by another program")
        return true(path)

    world.patch.setattr(Path, "read_bytes", read)
    reasons = {each.name: each.reason for each in sync_folder(world.office, world.folder).exchange.set_aside}
    return reasons[file.relative_to(world.folder / "outreach-sync").as_posix()]


def name_that_leads_out(world: World) -> str:
    return said(lambda: FolderCarrier(world.folder).read("../../office/keys.json"))


# clocks


def clock_a_year_ahead(world: World) -> str:
    return _clock(world, NEXT_YEAR)


def clock_years_back(world: World) -> str:
    return _clock(world, -20 * NEXT_YEAR)


def _clock(world: World, by: int) -> str:
    world.ben._runs.clear()
    true = world.ben.clock._now
    world.patch.setattr(world.ben.clock, "_now", lambda: true() + by)
    world.patch.setattr(world.ben.clock, "_last", 0)
    world.more("Written at an odd time")
    sync_folder(world.office, world.folder)
    odd = [each for each in world.office.decisions() if each.what == "clock"]
    return in_words(odd[0].lines[0], "clock")
