"""No key goes back to an older state in a rescue: not the words of a sheet that was proven, not a sheet that another
took the place of, not the key of an audience."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.model.errors import WrongPassphrase
from outreach_app.operations.backups import back_up_now
from outreach_app.operations.keys import Recovery, new_sheet, prove_recovery, recovery
from outreach_app.operations.laptops import revoke
from outreach_app.operations.rescuing import rescue
from outreach_app.operations.spaces import open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.keys import open_recovered
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from tests.conftest import PASSPHRASE
from tests.helpers.departments import department
from tests.helpers.wreckage import PAGE, Lost, overwrite


@pytest.fixture
def office(lost: Lost, tmp_path: Path) -> Path:
    return shutil.copytree(lost.folder, tmp_path / "office")


def sheet(store: Store) -> RecoveryKey:
    return RecoveryKey(store.setting(SETTING))


def harmed(office: Path, page: int = 20) -> None:
    overwrite(office / "outreach.db", [page * PAGE + 40], random.Random(2))


@pytest.mark.parametrize("harm", ["gone", "first page", "a page"])
def test_the_words_of_a_sheet_that_was_proven_come_back_from_nowhere(harm: str, office: Path) -> None:
    """Neither from a backup of before, nor from the damaged files of an earlier rescue, which are kept."""
    harmed(office)
    first = rescue(office, PASSPHRASE)
    assert not first.sheet_let_go
    with closing(open_store(office, PASSPHRASE)) as store:
        words = sheet(store).words  # it was not proven, and the damaged database said so to the last
        back_up_now(store)
        prove_recovery(store, " ".join(words))
    if harm == "gone":
        (office / "outreach.db").unlink()
    else:
        harmed(office, 0 if harm == "first page" else 20)
    account = rescue(office, PASSPHRASE)
    assert len(list(office.glob("damaged-*"))) == 2
    with closing(open_store(office, PASSPHRASE)) as store:
        assert store.setting(SETTING) is None
        assert recovery(store) is (Recovery.PROVEN if harm == "a page" else Recovery.ELSEWHERE)
    assert account.sheet_let_go == (harm != "a page")
    assert ("words of the recovery sheet" in account.in_words()) == account.sheet_let_go


def test_a_key_file_from_a_backup_is_opened_by_the_newest_sheet_alone(office: Path) -> None:
    with closing(open_store(office, PASSPHRASE)) as store:
        old = sheet(store)
        new_sheet(store)
        new = sheet(store)
    (office / "keys.json").write_text("{")
    account = rescue(office, PASSPHRASE)
    assert account.from_store
    assert Path(account.keys_from).name in account.in_words()
    assert open_recovered(office, new).key
    with pytest.raises(WrongPassphrase):
        open_recovered(office, old)


def test_a_sheet_made_since_the_backup_is_known_from_the_folder(office: Path, tmp_path: Path) -> None:
    """Where nothing is left of the database, nor of its key file."""
    (stick := tmp_path / "stick").mkdir()
    with closing(open_store(office, PASSPHRASE)) as store:
        old = sheet(store)
        new_sheet(store)
        new = sheet(store)
        sync_folder(store, stick)
    (office / "keys.json").unlink()
    (office / "outreach.db").unlink()
    rescue(office, PASSPHRASE, folders=[stick])
    with closing(open_store(office, PASSPHRASE)) as store:
        assert store.space.recovery == (new.recipient, new.public)
        assert store.setting(SETTING) is None
    assert open_recovered(office, new).key
    with pytest.raises(WrongPassphrase):
        open_recovered(office, old)


@pytest.mark.parametrize("older", ["backup", "database"])
def test_the_keys_of_an_audience_are_all_that_either_knows(older: str, tmp_path: Path) -> None:
    """A laptop was given up as lost, and all was written to a new key since: the older place does not know it."""
    with department(tmp_path) as county:
        office, ben = county.office, county.joined("Ben")
        county.sync(ben, office, ben)
        back_up_now(office)
        early = shutil.copytree(tmp_path / "office", tmp_path / "early", ignore=shutil.ignore_patterns("*.lock"))
        revoke(office, ben.device)
        if older == "database":
            back_up_now(office)
        office.close()
        if older == "database":
            for name in ("outreach.db", "outreach.db-wal"):
                shutil.copyfile(early / name, tmp_path / "office" / name)
    damaged = tmp_path / "office"
    overwrite(damaged / "outreach.db", [(damaged / "outreach.db").stat().st_size - 100], random.Random(2))
    rescue(damaged, PASSPHRASE)
    with closing(open_store(damaged, PASSPHRASE)) as store:
        current = store.space.current("everyone")
        assert (current.number, bool(current.secret)) == (2, True)
