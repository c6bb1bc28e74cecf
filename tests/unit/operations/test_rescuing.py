"""Really damaged stores are put together again: what is in a backup, in a folder, or still reads, is back; and no
damage is a traceback."""

import random
import shutil
from pathlib import Path

import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.model.errors import BadInput, DamagedStore, WrongPassphrase
from outreach_app.operations.rescuing import rescue
from outreach_app.operations.spaces import open_store
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.wreckage import PAGE, Lost, ids, lost_in, overwrite, rescued


@pytest.fixture(scope="module")
def lost(store_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Lost:
    return lost_in(tmp_path_factory.mktemp("day"), store_template)


@pytest.fixture
def office(lost: Lost, tmp_path: Path) -> Path:
    return shutil.copytree(lost.folder, tmp_path / "office")


def held_by(folder: Path) -> tuple[frozenset[WriteId], Store]:
    store = open_store(folder, PASSPHRASE)
    return ids(store), store


def test_any_page_of_the_database(lost: Lost, office: Path, tmp_path: Path) -> None:
    """Damage at many places, one and several at a time: whatever is in the backup or in the folder is back at least,
    and of the rest most: all of it, but where the damaged page was one that leads to all others."""
    dice = random.Random(17)
    size = (office / "outreach.db").stat().st_size
    pages = size // PAGE
    found, hurt = 0, 0
    for number in range(30):
        folder = shutil.copytree(office, tmp_path / f"try{number}")
        places = [dice.randrange(pages) * PAGE + dice.randrange(PAGE) for _ in range(1 + number % 3)]
        if number == 0:
            places = [dice.randrange(16, PAGE)]
        overwrite(folder / "outreach.db", places, dice)
        account, back = rescued(folder, lost, folders=[lost.stick])
        assert back >= lost.synced, f"{places}"
        assert (account.from_backup, account.absent) == (len(lost.backed_up), ())
        found += len(back - lost.synced)
        hurt += len(lost.all - lost.synced)
        shutil.rmtree(folder)
    assert found > 0.97 * hurt, found / hurt


@pytest.mark.parametrize("sort", ["gone", "empty", "short", "letter", "zeros"])
def test_no_database_at_all(sort: str, lost: Lost, office: Path) -> None:
    database = office / "outreach.db"
    (office / "outreach.db-wal").unlink()
    whole = database.read_bytes()
    if sort == "gone":
        database.unlink()
    else:
        what = {
            "empty": b"",
            "short": whole[: len(whole) // 3],
            "letter": b"Dear neighbor\n" * 9000,
            "zeros": bytes(40960),
        }
        database.write_bytes(what[sort])
    with pytest.raises(DamagedStore):
        open_store(office, PASSPHRASE)
    account, back = rescued(office, lost, folders=[lost.stick])
    assert back >= lost.synced
    assert account.from_folders >= len(lost.synced - lost.backed_up) - account.salvaged


def test_a_damaged_log_is_not_passed_over(lost: Lost, office: Path, tmp_path: Path) -> None:
    """SQLite alone would open it and show what was there before; what the log held is read all the same."""
    dice = random.Random(23)
    size = (office / "outreach.db-wal").stat().st_size
    frame, found, hurt = PAGE + 24, 0, 0
    last = (size - 32) // frame
    for number, at in enumerate(
        [3, 32 + 3, *(32 + dice.randrange(last // 2) * frame + dice.randrange(frame) for _ in range(14))]
    ):
        folder = shutil.copytree(office, tmp_path / f"try{number}")
        overwrite(folder / "outreach.db-wal", [at], dice)
        with pytest.raises(DamagedStore, match="log"):
            open_store(folder, PASSPHRASE)
        _account, back = rescued(folder, lost)
        assert back >= lost.synced, at
        found += len(back)
        hurt += len(lost.all)
        shutil.rmtree(folder)
    assert found > 0.97 * hurt


def test_a_log_that_is_torn_at_its_end_is_no_damage(lost: Lost, office: Path, tmp_path: Path) -> None:
    """As a battery that dies in the midst of saving leaves it: nobody was told that it was saved."""
    log = (office / "outreach.db-wal").read_bytes()
    for number, cut in enumerate((1, 30, PAGE, PAGE + 24)):
        folder = shutil.copytree(office, tmp_path / f"try{number}")
        (folder / "outreach.db-wal").write_bytes(log[:-cut])
        there, store = held_by(folder)
        store.close()
        assert lost.synced < there <= lost.all


@pytest.mark.parametrize("sort", ["gone", "letter", "slot", "cut"])
def test_a_damaged_key_file_comes_from_a_backup(sort: str, lost: Lost, office: Path) -> None:
    keys = office / "keys.json"
    content = keys.read_text()
    if sort == "gone":
        keys.unlink()
    else:
        what = {"letter": "Dear neighbor", "slot": content.replace('"proof": "', '"proof": "AA'), "cut": content[:200]}
        keys.write_text(what[sort])
    with pytest.raises(DamagedStore, match="key file"):
        open_store(office, PASSPHRASE)
    account, back = rescued(office, lost)
    assert (account.from_store, account.missing, back) == (len(lost.all), 0, lost.all)
    there, store = held_by(office)
    store.close()
    assert there > lost.all


@pytest.mark.parametrize("harm", ["key and database", "database alone", "no backup"])
def test_several_things_at_once(harm: str, lost: Lost, office: Path) -> None:
    dice = random.Random(3)
    if harm == "no backup":
        shutil.rmtree(office / "backups")
        overwrite(office / "outreach.db", [(office / "outreach.db").stat().st_size - 100], dice)
        account, back = rescued(office, lost)
        assert not account.backup
        assert len(back) > 0.9 * len(lost.all)
        return
    overwrite(office / "outreach.db", [40, 9 * PAGE], dice)
    if harm.startswith("key"):
        (office / "keys.json").write_text("{")
    account, back = rescued(office, lost, folders=[lost.stick])
    assert back >= lost.synced
    assert account.backup


def test_without_a_backup_or_a_word_of_whose_it_was(lost: Lost, office: Path) -> None:
    shutil.rmtree(office / "backups")
    (office / "outreach.db").write_bytes(bytes(PAGE))
    (office / "outreach.db-wal").unlink()
    before = {path: path.read_bytes() for path in office.iterdir() if path.is_file()}
    with pytest.raises(DamagedStore, match="no whole backup"):
        rescue(office, PASSPHRASE, folders=[lost.stick])
    assert {
        path: path.read_bytes() for path in office.iterdir() if path.is_file() and path.name != "outreach.lock"
    } == before


def test_a_whole_store_is_not_rescued_and_a_wrong_passphrase_rescues_none(office: Path) -> None:
    with pytest.raises(BadInput, match="whole"):
        rescue(office, PASSPHRASE)
    (office / "outreach.db").unlink()
    with pytest.raises(WrongPassphrase):
        rescue(office, "another")
    (office / "keys.json").unlink()
    with pytest.raises(WrongPassphrase):
        rescue(office, "another")
    assert not list(office.glob(".rescue*"))


def test_one_that_is_broken_off_at_the_end_finds_the_damaged_files_again(
    lost: Lost, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite(office / "outreach.db", [20 * PAGE], random.Random(2))
    true = Path.replace

    def stop(path: Path, target: Path) -> Path:
        if path.name == "outreach.db" and target == office / "outreach.db":
            raise KeyboardInterrupt
        return true(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            rescue(office, PASSPHRASE)
    assert not (office / "outreach.db").exists()
    account = rescue(office, PASSPHRASE)
    there, store = held_by(office)
    store.close()
    assert account.held >= len(lost.synced)
    assert there >= lost.synced
