"""A store that was rescued syncs with others as before: nothing is lost on the way, nothing waits, and no number has
two contents."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.operations.records import make_record
from outreach_app.operations.rescuing import rescue
from outreach_app.operations.spaces import open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.wrecks import Wreck
from outreach_app.sync.segments import read_label
from tests.conftest import PASSPHRASE
from tests.helpers.wreckage import PAGE, Lost, agrees_with_others, overwrite, rescued


@pytest.fixture
def office(lost: Lost, tmp_path: Path) -> Path:
    return shutil.copytree(lost.folder, tmp_path / "office")


@pytest.mark.parametrize("number", range(6))
def test_damage_anywhere(number: int, lost: Lost, office: Path, tmp_path: Path) -> None:
    """With the old folder first and a new one afterwards, or with a new one alone."""
    dice = random.Random(number)
    pages = (office / "outreach.db").stat().st_size // PAGE
    overwrite(office / "outreach.db", [dice.randrange(pages) * PAGE + dice.randrange(PAGE) for _ in range(3)], dice)
    stick = shutil.copytree(lost.stick, tmp_path / "stick")
    rescued(office, lost, folders=[stick] if number % 2 else [])
    agrees_with_others(office, lost, tmp_path / "met", [stick] if number % 3 else [])


@pytest.mark.parametrize("harm", ["all", "half"])
def test_nothing_left_of_the_database(harm: str, lost: Lost, office: Path, tmp_path: Path) -> None:
    database = office / "outreach.db"
    database.write_bytes(b"" if harm == "all" else database.read_bytes()[: database.stat().st_size // 2])
    (office / "outreach.db-wal").unlink()
    stick = shutil.copytree(lost.stick, tmp_path / "stick")
    rescued(office, lost, folders=[stick])
    agrees_with_others(office, lost, tmp_path / "met", [stick])


@pytest.mark.parametrize("with_backup", [True, False])
def test_one_kept_segment_that_no_longer_reads_is_carried_anew(
    with_backup: bool, lost: Lost, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before and after it still read: nobody is to wait for ever for what came between them."""
    store = open_store(office, PASSPHRASE)
    for name in ("one", "two", "three"):
        make_record(store, "people", {"name": f"Left on stick {name}"})
        (gone := tmp_path / name).mkdir()
        sync_folder(store, gone)
        shutil.rmtree(gone)
    run = store._runs["everyone"]
    space = store.space.space
    store.close()
    if not with_backup:
        shutil.rmtree(office / "backups")
    overwrite(office / "outreach.db", [(office / "outreach.db").stat().st_size - 100], random.Random(1))
    true, mine = Wreck.segments, []

    def without_the_second(wreck: Wreck) -> Iterator[bytes]:
        for data in true(wreck):
            if read_label(data, space)[0].label.run == run:
                mine.append(data)
                if len(mine) == 2:
                    continue
            yield data

    monkeypatch.setattr(Wreck, "segments", without_the_second)
    account = rescue(office, PASSPHRASE)
    assert (len(mine), account.missing, account.in_part) == (3, 0, 0)
    agrees_with_others(office, lost, tmp_path / "met")


def test_many_pages_that_lead_to_nothing_any_more(lost: Lost, office: Path, tmp_path: Path) -> None:
    """What comes back taught, as an earlier change of its run is gone, is to others what it was."""
    pages = (office / "outreach.db").stat().st_size // PAGE
    stick = shutil.copytree(lost.stick, tmp_path / "stick")
    overwrite(office / "outreach.db", [page * PAGE + 50 for page in range(pages // 2, pages, 11)], random.Random(5))
    rescued(office, lost, [stick])
    agrees_with_others(office, lost, tmp_path / "met", [stick])
