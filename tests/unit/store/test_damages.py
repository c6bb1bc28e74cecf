"""A log is damaged where more was saved than reads, and torn where a crash left it; each damage has its sentence."""

import random
import shutil
from pathlib import Path

import pytest

from outreach_app.model.errors import DamagedStore
from outreach_app.operations.records import make_record
from outreach_app.store.damages import LOG, database_damaged, database_gone, log_damaged, log_is_damaged, mended_log
from outreach_app.store.key_files import damaged, holds_a_store, read_key_file
from outreach_app.store.stores import Store

FRAME = 24 + 4096


@pytest.fixture
def log(store: Store, tmp_path: Path) -> Path:
    """The log of a store that was never closed, with several things saved."""
    assert store.folder is not None
    for number in range(6):
        make_record(store, "people", {"name": f"Person {number}"})
    return Path(shutil.copyfile(store.folder / LOG, tmp_path / "log"))


def flipped(log: Path, at: int) -> bool:
    """Whether a log is damaged with one byte changed."""
    whole = log.read_bytes()
    content = bytearray(whole)
    content[at] ^= 0x55
    log.write_bytes(content)
    try:
        return log_damaged(log)
    finally:
        log.write_bytes(whole)


def commits(log: Path) -> list[int]:
    """The frames that are the last of a transaction."""
    data = log.read_bytes()
    return [at for at in range((len(data) - 32) // FRAME) if any(data[32 + at * FRAME + 4 : 32 + at * FRAME + 8])]


def test_a_log_as_it_was_written_is_whole(log: Path, tmp_path: Path) -> None:
    assert len(commits(log)) >= 6
    assert not log_damaged(log)
    assert not log_damaged(tmp_path / "none")
    assert mended_log(log.read_bytes()) == log.read_bytes()
    log.write_bytes(b"")
    assert not log_damaged(log)


def test_a_byte_anywhere_before_the_last_transaction_is_damage(log: Path) -> None:
    dice, last = random.Random(7), commits(log)[-2]
    for at in [0, 17, *(dice.randrange(32, 32 + (last + 1) * FRAME) for _ in range(60))]:
        assert flipped(log, at), at


def test_in_the_last_transaction_it_is_what_a_crash_leaves(log: Path) -> None:
    dice, last = random.Random(7), commits(log)[-2]
    size = log.stat().st_size
    for _ in range(20):
        assert not flipped(log, dice.randrange(32 + (last + 1) * FRAME, size))
    whole = log.read_bytes()
    for cut in (1, 23, 24, 4096, FRAME, FRAME + 1):
        log.write_bytes(whole[:-cut])
        assert not log_damaged(log)


def test_what_a_log_held_before_it_was_begun_anew_is_no_damage(store: Store) -> None:
    """After everything was moved into the database the log is written from its beginning, over what is still in it."""
    assert store.folder is not None
    log = store.folder / LOG
    for number in range(8):
        make_record(store, "people", {"name": f"Person {number}"})
    with store.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
    before = log.stat().st_size
    with store._database._engine.raw_connection() as raw:  # type: ignore[attr-defined]
        raw.cursor().execute("PRAGMA wal_checkpoint(RESTART)")
    make_record(store, "people", {"name": "Another"})
    assert log.stat().st_size == before
    assert not log_damaged(log)


def test_a_log_is_mended_frame_by_frame(log: Path) -> None:
    whole = log.read_bytes()
    for at in (2, 20, 26, 32 + FRAME + 9, 32 + FRAME + 18, 32 + 3 * FRAME + 2000):
        content = bytearray(whole)
        content[at] ^= 0x55
        log.write_bytes(mended_log(bytes(content)))
        assert log.stat().st_size == len(whole)
        assert not log_damaged(log)
    assert mended_log(b"") == mended_log(whole[:40]) == b""


def test_every_damage_has_a_sentence_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "outreach.db").write_bytes(b"x")
    with pytest.raises(DamagedStore) as gone:
        read_key_file(tmp_path)
    faults = [database_damaged(), database_gone(), log_is_damaged(), damaged(), gone.value]
    assert len({str(each) for each in faults}) == len(faults)
    assert all("rescue" in str(each) for each in faults)


@pytest.mark.parametrize(
    ("there", "holds"),
    [
        ((), False),
        (("outreach.lock",), False),
        (("outreach.db",), True),
        (("keys.json",), True),
        (("keys.json", "outreach.db.new"), False),
        (("backups/outreach-1-20261126-120000.backup",), True),
        (("backups/notes.txt",), False),
    ],
)
def test_what_is_left_of_a_store_is_told_from_none(there: tuple[str, ...], holds: bool, tmp_path: Path) -> None:
    for name in there:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert holds_a_store(tmp_path) is holds
