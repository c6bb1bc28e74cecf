"""Really damaged stores are put together again: what is in a backup, in a folder, or still reads, is back; and no
damage is a traceback."""

import json
import random
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.model.errors import BadInput, DamagedStore, WrongPassphrase
from outreach_app.operations.backups import back_up_now
from outreach_app.operations.records import make_record
from outreach_app.operations.rescuing import rescue
from outreach_app.operations.spaces import open_store
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.wreckage import PAGE, Lost, cuts, ids, overwrite, rescued


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


@pytest.mark.parametrize("at", [0, 9, 15, 16, 24, 100, 3000, PAGE - 1])
def test_the_first_page_leads_to_all_others_and_takes_none_of_them_with_it(at: int, lost: Lost, office: Path) -> None:
    """Nor the salt in it, without which no page reads: a backup has both."""
    overwrite(office / "outreach.db", [at], random.Random(at))
    _account, back = rescued(office, lost)
    assert back == lost.all


@pytest.mark.parametrize("more", range(0, 40, 3))
def test_however_many_pages_came_since_the_backup(more: int, store_folder: Path) -> None:
    """The first page says how many there are: where it told of more or of fewer, nothing was read."""
    with closing(open_store(store_folder, PASSPHRASE)) as store:
        back_up_now(store)
        make_record(store, "people", {"name": "Rosa", "notes": "x" * 1300 * more})
        saved = ids(store)
    overwrite(store_folder / "outreach.db", [3 if more % 2 else 3000], random.Random(more))  # the salt, or more
    assert rescue(store_folder, PASSPHRASE).held == len(saved)
    with closing(open_store(store_folder, PASSPHRASE)) as store:
        assert ids(store) >= saved


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


def test_a_folder_named_from_where_one_stands_is_rescued_too(
    lost: Lost, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.parent)
    (office / "keys.json").unlink()
    account, back = rescued(Path(office.name), lost)
    assert (account.missing, back) == (0, lost.all)


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


@pytest.mark.parametrize("sort", ["damaged", "gone"])
def test_without_a_key_file_and_a_backup_it_says_that_one_has_to_be_named(
    sort: str, office: Path, tmp_path: Path
) -> None:
    elsewhere = (office / "backups").rename(tmp_path / "elsewhere")
    if sort == "gone":
        (office / "keys.json").unlink()
    else:
        (office / "keys.json").write_text("{")
    with pytest.raises(DamagedStore, match="no backup of it was found"):
        rescue(office, PASSPHRASE)
    assert rescue(office, PASSPHRASE, backups=[elsewhere]).keys_from


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


@pytest.mark.parametrize("harm", ["database", "log", "key file"])
def test_cut_at_any_step_it_begins_anew_or_ends(harm: str, lost: Lost, office: Path, tmp_path: Path) -> None:
    """Either all is as it was, or the rescue is finished, and its account says the same."""
    if harm == "key file":
        (office / "keys.json").unlink()
    else:
        overwrite(office / ("outreach.db" if harm == "database" else "outreach.db-wal"), [20 * PAGE], random.Random(2))
    account, steps = cuts(office, tmp_path, lambda: rescue(office, PASSPHRASE))
    there, store = held_by(office)
    store.close()
    last = [each for each in steps if next(each.glob(".rescue-*/committed"), None)]
    assert len(last) > 3, "cuts after it was committed"
    assert len(steps) > len(last) + 2, "and before"
    for cut in (*steps[: -len(last) - 8 : 3], *steps[-len(last) - 8 :]):
        if cut in last:
            with pytest.raises(DamagedStore, match="broken off"):
                open_store(cut, PASSPHRASE)
            with pytest.raises(WrongPassphrase):
                rescue(cut, "another")
        else:
            assert not list(cut.glob("damaged-*"))
        again = rescue(cut, PASSPHRASE)
        figures = {**account.to_json(), "kept": "", "backup": "", "keys_from": ""}
        assert {**again.to_json(), "kept": "", "backup": "", "keys_from": ""} == figures
        ids_again, store = held_by(cut)
        assert store.check().healthy
        store.close()
        assert ids_again & lost.all == there & lost.all
        assert len(list(cut.glob("damaged-*"))) == 1
        assert not list(cut.glob(".rescue-*"))


def test_a_label_that_this_store_did_not_write_chooses_no_backup(lost: Lost, office: Path) -> None:
    """Somebody who wants an old state back cannot make it the newest by what stands on it."""
    old = next((office / "backups").iterdir())
    (office / "outreach.db").write_bytes(b"")
    with zipfile.ZipFile(shutil.copyfile(old, office / "backups" / "newer.backup"), "a") as archive:
        archive.comment = json.dumps({**json.loads(archive.comment), "at": 2**60, "changes": 10**6}).encode()
    account, _back = rescued(office, lost)
    assert Path(account.backup).name == old.name


def test_of_two_laptops_with_one_passphrase_the_key_is_the_ones_whose_database_it_opens(
    lost: Lost, office: Path, tmp_path: Path
) -> None:
    """They keep their backups in one folder; and where nothing tells which laptop it is, it is asked."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with closing(open_store(shutil.copytree(lost.other, tmp_path / "other"), PASSPHRASE)) as other:
        for name in ("a", "z"):
            other.back_up(stick / f"{name}.backup")
    own = next((office / "backups").iterdir())
    shutil.move(own, stick / "m.backup")
    (office / "keys.json").unlink()
    neither = shutil.copytree(office, tmp_path / "neither")
    account, back = rescued(office, lost, backups=[stick])
    assert (account.keys_from, back) == (str(stick / "m.backup"), lost.all)
    (neither / "outreach.db").unlink()
    with pytest.raises(BadInput, match="several stores"):
        rescue(neither, PASSPHRASE, backups=[stick])
    account, back = rescued(neither, lost, backups=[stick / "m.backup"])
    assert back >= lost.backed_up
