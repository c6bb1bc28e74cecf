"""Going back to a backup keeps what was there, which can be put back; keys and passphrases stay those of now."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.model.errors import BadInput, Damaged, DamagedStore, InUse, WrongPassphrase
from outreach_app.operations.backups import back_up_now, keep_in
from outreach_app.operations.going_back import earlier_by, earlier_of, go_back
from outreach_app.operations.keys import change_passphrase, prove_recovery
from outreach_app.operations.records import make_record
from outreach_app.operations.rescuing import rescue
from outreach_app.operations.spaces import new_store, open_store
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from tests.conftest import PASSPHRASE
from tests.helpers.departments import names
from tests.helpers.wreckage import Lost, agrees_with_others, cuts, ids, lost_in, overwrite

NEW = "another passphrase since"


@pytest.fixture
def office(store_folder: Path, tmp_path: Path) -> Path:
    """A store with Rosa, a backup on a stick, and then Ben."""
    (tmp_path / "stick").mkdir()
    with closing(open_store(store_folder, PASSPHRASE)) as store:
        make_record(store, "people", {"name": "Rosa"})
        keep_in(store, tmp_path / "stick")
        back_up_now(store)
        keep_in(store, None)
        make_record(store, "people", {"name": "Ben"})
    return store_folder


def people(folder: Path, passphrase: str = PASSPHRASE) -> set[str]:
    with closing(open_store(folder, passphrase)) as store:
        assert store.check().healthy
        return names(store)


def test_a_folder_of_somebody_s_own_is_no_store_that_was_kept(office: Path) -> None:
    for name in ("before-christmas", "before-"):
        (office / name).mkdir()
        (office / name / "outreach.db").touch()
    assert [each.kept for each in earlier_by(office, PASSPHRASE)] == [False]


def test_there_and_back_again(office: Path) -> None:
    (backup,) = earlier_by(office, PASSPHRASE)
    assert (backup.place.parent.name, backup.kept, backup.changes) == ("stick", False, 2)
    account = go_back(office, backup.place, PASSPHRASE)
    assert people(office) == {"Rosa"}
    assert (account.held, account.missing) == (2, 1)
    words = account.in_words()
    assert "1 written later is not in it." in words
    assert account.kept in words
    with closing(open_store(office, PASSPHRASE)) as store:
        make_record(store, "people", {"name": "Cora"})
        again, kept = sorted(earlier_of(store.as_source()), key=lambda each: each.kept)
    assert (again, kept.kept, str(kept.place)) == (backup, True, account.kept)
    back = go_back(office, kept.place, PASSPHRASE)
    assert people(office) == {"Rosa", "Ben"}
    assert (back.held, back.missing) == (3, 1)
    (latest,) = {each.place for each in earlier_by(office, PASSPHRASE) if each.kept} - {kept.place}
    go_back(office, latest, PASSPHRASE)
    assert people(office) == {"Rosa", "Cora"}


def test_passphrases_and_keys_stay_those_of_now(office: Path) -> None:
    (backup,) = earlier_by(office, PASSPHRASE)
    with closing(open_store(office, PASSPHRASE)) as store:
        prove_recovery(store, " ".join(RecoveryKey(store.setting(SETTING)).words))
        change_passphrase(store, PASSPHRASE, NEW, DEMO_COST)
    with pytest.raises(WrongPassphrase):
        go_back(office, backup.place, PASSPHRASE)
    assert not go_back(office, backup.place, NEW).sheet_let_go
    with closing(open_store(office, NEW)) as store:
        assert store.setting(SETTING) is None
    with pytest.raises(WrongPassphrase):
        open_store(office, PASSPHRASE)


def test_what_cannot_be_gone_back_to_leaves_all_as_it_was(office: Path, tmp_path: Path) -> None:
    (backup,) = earlier_by(office, PASSPHRASE)
    with closing(new_store(tmp_path / "other", PASSPHRASE, "Eve", "Dale County", DEMO_COST)) as other:
        other.back_up(tmp_path / "other.backup")
    (torn := tmp_path / "torn.backup").write_bytes(backup.place.read_bytes()[:-9])
    for file, fault in ((tmp_path / "other.backup", BadInput), (torn, Damaged)):
        with pytest.raises(fault):
            go_back(office, file, PASSPHRASE)
    with closing(open_store(office, PASSPHRASE)), pytest.raises(InUse):
        go_back(office, backup.place, PASSPHRASE)
    assert people(office) == {"Rosa", "Ben"}
    assert not list(office.glob("before-*"))


def test_a_damaged_store_goes_back_too(office: Path) -> None:
    (backup,) = earlier_by(office, PASSPHRASE)
    overwrite(office / "outreach.db", [40], random.Random(1))
    go_back(office, backup.place, PASSPHRASE)
    assert people(office) == {"Rosa"}
    shutil.rmtree(office / "backups", ignore_errors=True)
    (office / "keys.json").unlink()
    assert go_back(office, backup.place, PASSPHRASE).held == 2
    assert people(office) == {"Rosa"}


def test_stopped_at_any_step_all_is_as_it_was(office: Path) -> None:
    (backup,) = earlier_by(office, PASSPHRASE)
    before = sorted(each.name for each in office.iterdir())
    told: list[str] = []

    def stopping(at: int) -> Callable[[int, int, str], None]:
        def tell(done: int, of: int, doing: str) -> None:
            told.append(doing)
            if done == at:
                raise Stopped
            assert of == 4

        return tell

    for at in range(5):
        with pytest.raises(Stopped):
            go_back(office, backup.place, PASSPHRASE, tell=stopping(at))
        assert people(office) == {"Rosa", "Ben"}
        assert sorted(each.name for each in office.iterdir()) == before
    assert len(set(told)) == 5
    go_back(office, backup.place, PASSPHRASE, tell=stopping(5))
    assert people(office) == {"Rosa"}


class Stopped(BaseException):
    """Somebody pressed Stop."""


def test_cut_at_any_step_it_is_as_before_or_is_ended(office: Path, tmp_path: Path) -> None:
    (backup,) = earlier_by(office, PASSPHRASE)
    (there := tmp_path / "cuts").mkdir()
    account, steps = cuts(office, there, lambda: go_back(office, backup.place, PASSPHRASE))
    for cut in steps:
        if next(cut.glob(".rescue-*/committed"), None):
            with pytest.raises(DamagedStore, match="broken off"):
                open_store(cut, PASSPHRASE)
            assert rescue(cut, PASSPHRASE).to_json() == account.to_json()
            assert people(cut) == {"Rosa"}
        else:
            assert people(cut) == {"Rosa", "Ben"}


def test_others_bring_back_what_they_have(store_template: Path, tmp_path: Path) -> None:
    """After going back the store syncs as before: no number has two contents, and what others hold comes again."""
    (day := tmp_path / "day").mkdir()
    lost: Lost = lost_in(day, store_template)
    account = go_back(lost.folder, next((lost.folder / "backups").iterdir()), PASSPHRASE)
    assert (account.held, account.missing) == (len(lost.backed_up), len(lost.all) - len(lost.backed_up))
    agrees_with_others(lost.folder, lost, tmp_path / "met", [lost.stick])
    with closing(open_store(lost.folder, PASSPHRASE)) as store:
        assert lost.synced <= ids(store)
