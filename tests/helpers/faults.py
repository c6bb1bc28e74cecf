"""What can go wrong on a laptop or in a folder, each brought about for real, and what is said of it.

``tests/end_to_end/test_faults.py`` lists them, and what their sentences are.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection

from outreach_app.model.errors import OutreachError
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.importing import import_path
from outreach_app.operations.keys import open_by_keyring, open_by_sheet, remember_here
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join, new_store, open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.backups import restore
from outreach_app.store.engines import open_engine
from outreach_app.store.keys import DEMO_COST, open_keys
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.store.settings import keep_setting
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.departments import OWN_PASSPHRASE, Department
from tests.helpers.keyrings import Remembering, in_use


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


def empty_store(world: World) -> str:
    (world.closed() / "outreach.db").write_bytes(b"")
    return world.opened()


def store_without_its_database(world: World) -> str:
    (world.closed() / "outreach.db").unlink()
    return world.opened()


def store_without_its_key_file(world: World) -> str:
    (world.closed() / "keys.json").unlink()
    return world.opened()


def damaged_log(world: World) -> str:
    """Of a laptop whose battery died, and whose disk then lost a sector of what was saved last."""
    for name in ("Dora", "Nell"):
        make_record(world.office, "people", {"name": name})
    died = shutil.copytree(world.place / "office", world.place / "died")
    log = died / "outreach.db-wal"
    data = log.read_bytes()
    log.write_bytes(data[:300] + bytes(512) + data[812:])
    return said(lambda: open_store(died, PASSPHRASE))


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
