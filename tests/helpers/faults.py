"""What can go wrong on a laptop or in a folder, each brought about for real, and what is said of it.

``tests/end_to_end/test_faults.py`` lists them, and what their sentences are.
"""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection

from outreach_app.journal.statements import WORKER, Accepted
from outreach_app.model.errors import OutreachError
from outreach_app.operations.deciding import in_words
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.importing import import_path
from outreach_app.operations.keys import open_by_keyring, open_by_sheet, remember_here
from outreach_app.operations.laptops import revoke
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.backups import restore
from outreach_app.store.engines import open_engine
from outreach_app.store.identities import DeviceIdentity
from outreach_app.store.journals import digested
from outreach_app.store.keys import DEMO_COST, open_keys
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.settings import keep_setting
from outreach_app.store.stores import Store
from outreach_app.sync import segments
from outreach_app.sync.folders import FolderCarrier
from outreach_app.sync.frames import framed, unframed
from outreach_app.sync.segments import open_segment, seal
from tests.conftest import PASSPHRASE
from tests.helpers.departments import OWN_PASSPHRASE, Department
from tests.helpers.keyrings import Remembering, in_use

NEXT_YEAR = 365 * 24 * 60 * 60 * 1_000_000


@dataclass
class World:
    """A department whose worker Ben has left something in the folder that the office has not read yet."""

    county: Department
    ben: Store
    place: Path
    patch: pytest.MonkeyPatch

    @property
    def office(self) -> Store:
        return self.county.office

    @property
    def folder(self) -> Path:
        return self.county.folder

    def file(self) -> Path:
        """Ben's newest segment in the folder."""
        own = self.folder.rglob(f"{self.ben.device[:8].hex()}/*/*.segment")
        return max(own, key=lambda path: path.stat().st_mtime_ns)

    def more(self, name: str = "Ada") -> None:
        """Something more by Ben, left in the folder."""
        make_record(self.ben, "people", {"name": name})
        self.county.sync(self.ben)

    def closed(self) -> Path:
        """The folder of the office's store, closed."""
        self.office.close()
        assert self.office.folder is not None
        return self.office.folder

    def opened(self) -> str:
        """What is said when the office's store is opened."""
        return said(lambda: open_store(self.closed(), PASSPHRASE).close())

    def synced(self) -> str:
        """What the office is told of the one file that gave nothing."""
        reasons = [each.reason for each in sync_folder(self.office, self.folder).exchange.set_aside]
        assert len(reasons) == 1, reasons
        return reasons[0]

    def other(self) -> Store:
        """Another department's store."""
        return self.county.keep(new_store(self.place / "other", PASSPHRASE, "Zed Young", "Dale County", DEMO_COST))


def said(work: Callable[[], object]) -> str:
    """The sentence that it is refused with."""
    with pytest.raises(OutreachError) as fault:
        work()
    return str(fault.value)


# a store


def wrong_passphrase(world: World) -> str:
    return said(lambda: open_store(world.closed(), "wrong"))


def store_in_use(world: World) -> str:
    return said(lambda: open_store(world.place / "office", PASSPHRASE))


def no_store(world: World) -> str:
    return said(lambda: open_store(world.place / "none", PASSPHRASE))


def damaged_store(world: World) -> str:
    file = world.closed() / "outreach.db"
    file.write_bytes(b"x" * 4096 + file.read_bytes()[4096:])
    return world.opened()


def damaged_key_file(world: World) -> str:
    (world.closed() / "keys.json").write_text("{")
    return world.opened()


def newer_store(world: World) -> str:
    with _database(world) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    return world.opened()


def newer_key_file(world: World) -> str:
    keys = world.closed() / "keys.json"
    keys.write_text(keys.read_text().replace('"format": 1', '"format": 2'))
    return world.opened()


def store_from_before_the_first_release(world: World) -> str:
    values = world.office.space.as_values()
    del values["root"], values["recovery"]
    with _database(world) as connection:
        keep_setting(connection, "space", values)
    return world.opened()


@contextmanager
def _database(world: World) -> Iterator[Connection]:
    """The office's database, to alter by hand."""
    engine = open_engine(world.closed() / "outreach.db", open_keys(world.closed(), PASSPHRASE).key)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def full_laptop(world: World) -> str:
    with world.office.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    return said(lambda: [make_record(world.office, "people", {"name": "Ada " * 900}) for _ in range(9)])


def keyring_gone(world: World) -> str:
    with in_use(Remembering()):
        remember_here(world.office)
    folder = world.closed()
    with in_use(Remembering()):
        return said(lambda: open_by_keyring(folder))


# the printed sheet


def another_departments_sheet(world: World) -> str:
    return _by_sheet(world, RecoveryKey.new().words)


def sheet_with_a_wrong_word(world: World) -> str:
    return _by_sheet(world, ["zoo", *RecoveryKey(bytes(32)).words[1:]])


def half_a_sheet(world: World) -> str:
    return _by_sheet(world, RecoveryKey.new().words[:12])


def _by_sheet(world: World, words: Sequence[str]) -> str:
    return said(lambda: open_by_sheet(world.closed(), " ".join(words), "Ada", "new passphrase", DEMO_COST))


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
    world.ben.begin_runs()
    true = world.ben.clock._now
    world.patch.setattr(world.ben.clock, "_now", lambda: true() + by)
    world.patch.setattr(world.ben.clock, "_last", 0)
    world.more("Written at an odd time")
    sync_folder(world.office, world.folder)
    odd = [each for each in world.office.decisions() if each.what == "clock"]
    return in_words(odd[0].lines[0], "clock")


# backups, invitations, workbooks


def damaged_backup(world: World) -> str:
    (file := _backup(world)).write_bytes(file.read_bytes()[:-500])
    return said(lambda: restore(file, world.place / "back"))


def backup_by_a_wrong_passphrase(world: World) -> str:
    back = world.place / "back"
    restore(_backup(world), back)
    return said(lambda: open_store(back, "wrong"))


def backup_over_a_store(world: World) -> str:
    return said(lambda: restore(_backup(world), world.place / "office"))


def _backup(world: World) -> Path:
    world.office.back_up(world.place / "office.backup")
    return world.place / "office.backup"


def invitation_by_wrong_words(world: World) -> str:
    return said(lambda: _join(world, _invitation(world)[0], "abandon ability able about above absent"))


def damaged_invitation(world: World) -> str:
    file, code = _invitation(world)
    data = bytearray(file.read_bytes())
    data[60] ^= 1
    file.write_bytes(data)
    return said(lambda: _join(world, file, code))


def half_an_invitation(world: World) -> str:
    file, code = _invitation(world)
    file.write_bytes(file.read_bytes()[:100])
    return said(lambda: _join(world, file, code))


def no_invitation(world: World) -> str:
    file, code = _invitation(world)
    file.write_bytes(b"Dear neighbor, " * 20)
    return said(lambda: _join(world, file, code))


def newer_invitation(world: World) -> str:
    file, code = _invitation(world)
    data = bytearray(file.read_bytes()[:-32])
    data[9] += 1
    file.write_bytes(bytes(data) + hashlib.sha256(bytes(data)).digest())
    return said(lambda: _join(world, file, code))


def expired_invitation(world: World) -> str:
    world.patch.setattr(world.office.clock, "_now", lambda: 1_600_000_000_000_000)
    world.patch.setattr(world.office.clock, "_last", 0)
    file, code = _invitation(world)
    return said(lambda: _join(world, file, code))


def _invitation(world: World) -> tuple[Path, str]:
    return world.place / "join.outreach", invite(world.office, world.place / "join.outreach")


def _join(world: World, file: Path, code: str) -> None:
    join(world.place / "new", file, code, "Eve", OWN_PASSPHRASE, DEMO_COST).close()


def another_departments_workbook(world: World) -> str:
    book = world.place / "other.xlsx"
    export_workbook(world.other(), book)
    return _imported(world, book)


def damaged_workbook(world: World) -> str:
    book = world.place / "own.xlsx"
    export_workbook(world.office, book)
    book.write_bytes(book.read_bytes()[:-2000])
    return _imported(world, book)


def no_workbook(world: World) -> str:
    book = world.place / "letter.xlsx"
    book.write_text("Dear neighbor, " * 20)
    return _imported(world, book)


def _imported(world: World, book: Path) -> str:
    return import_path(world.office, book).files[0].error or ""
