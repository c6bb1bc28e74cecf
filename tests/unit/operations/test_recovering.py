"""The recovery sheet beyond one laptop: a new one, a department of which only it is left, and what it may say."""

from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.journal.statements import KeyGiven, Revoked, device_of
from outreach_app.model.errors import BadInput, NotFound, WrongPassphrase
from outreach_app.operations import recovering
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.keys import Recovery, new_sheet, prove_recovery, recovery, recovery_sheet
from outreach_app.operations.laptops import laptops, revoke
from outreach_app.operations.records import make_record
from outreach_app.operations.recovering import recover_space
from outreach_app.operations.spaces import new_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.identities import Epoch, SpaceKeys, sealed_to
from outreach_app.store.key_files import holds_a_store
from outreach_app.store.keys import DEMO_COST, open_recovered
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.sheet_words import said_by
from outreach_app.store.stores import Store
from outreach_app.sync.segments import OpenedSegment, SealedForOthers, open_segment
from tests.helpers.departments import Department, names, state
from tests.helpers.wreckage import cuts

NEW = "a passphrase chosen after the fire"


def words_of(store: Store) -> str:
    return " ".join(RecoveryKey(store.setting(SETTING)).words)


def recovered(county: Department, words: str, name: str = "recovered") -> Store:
    return county.keep(recover_space(county.place / name, county.folder, words, "Ada Crowe", NEW, cost=DEMO_COST))


def test_a_department_of_which_only_the_printed_sheet_is_left_is_brought_back_from_a_folder(
    county: Department,
) -> None:
    office, ben = county.office, county.joined("Ben")
    make_record(office, "people", {"name": "Maria"})
    make_record(ben, "people", {"name": "Otis"})
    record_feedback(ben, NewFeedback("The inspector asked for money", sensitive=True))
    words = words_of(office)
    county.sync(ben, office, ben, office)
    before = state(office)
    office.close()
    ben.close()
    store = recovered(county, words)
    assert state(store) == before
    assert len(store.list("feedback")) == 1
    assert (store.role, store.department, recovery(store)) == ("coordinator", "Hill County", Recovery.PROVEN)
    assert store.check().healthy
    cora = county.joined("Cora", by=store)
    make_record(cora, "people", {"name": "Afterwards"})
    county.sync(cora, store, cora)
    assert names(cora) == {"Maria", "Otis", "Afterwards"}


def test_a_laptop_that_is_left_after_all_believes_the_one_that_came_by_the_sheet(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    words = words_of(office)
    county.sync(ben, office, ben)
    office.close()
    store = recovered(county, words)
    gone = next(each for each in laptops(store) if each.name == "Ada Crowe" and not each.own)
    with pytest.raises(BadInput, match="recovery sheet"):
        revoke(store, gone.device)
    revoke(store, gone.device, words)
    make_record(store, "people", {"name": "From the new office"})
    make_record(ben, "people", {"name": "From the field"})
    county.sync(store, ben, store)
    assert names(ben) == names(store) == {"From the new office", "From the field"}
    assert ben.membership().coordinators == {store.device}
    assert ben.space.current("everyone").number == 2


def test_the_founders_stolen_laptop_gives_up_whoever_gives_it_up_and_the_sheet_is_heard(county: Department) -> None:
    office, dee, cora = county.office, county.joined("Dee", "coordinator"), county.joined("Cora")
    words = words_of(office)
    county.sync(dee, cora, office, dee, cora)
    stick = county.folder_named("stick")
    make_record(dee, "people", {"name": "Honest"})
    revoke(office, dee.device)  # the thief is first
    county.sync(office, cora, folder=stick)
    assert cora.membership().coordinators == {office.device}
    with pytest.raises(BadInput, match="recovery sheet"):
        revoke(dee, office.device)
    revoke(dee, office.device, words)
    county.sync(dee, cora, dee)
    assert cora.membership().limits.keys() == dee.membership().limits.keys() == {office.device}
    assert names(cora) == names(dee) == {"Honest"}
    make_record(office, "people", {"name": "By the thief"})
    county.sync(office, cora, dee, folder=stick)
    assert names(cora) == names(dee) == {"Honest"}
    assert state(cora) == state(dee)


def test_what_somebody_else_signed_in_the_sheets_place_is_not_believed(county: Department) -> None:
    office, ben, cora = county.office, county.joined("Ben"), county.joined("Cora")
    county.sync(ben, cora, office, ben, cora)
    true, false = RecoveryKey(office.setting(SETTING)), RecoveryKey.new()
    lost = Revoked(office.device, {}, 1)
    elsewhere = said_by(true, bytes(16), lost)  # said in another department
    for words in (said_by(false, office.space.space, lost), elsewhere, replace(elsewhere, key=false.public)):
        with ben.writing("forge") as draft:
            draft.statements.append(words)
    county.sync(ben, office, cora)
    for store in (ben, office, cora):
        assert store.membership().coordinators == {office.device}


def test_a_new_sheet_takes_the_place_of_the_old_one_on_every_laptop(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    old = RecoveryKey(office.setting(SETTING))
    prove_recovery(office, " ".join(old.words))
    with pytest.raises(BadInput, match="Only a coordinator"):
        new_sheet(ben)
    before = set(county.folder.rglob("*.segment"))
    new_sheet(office)
    new = RecoveryKey(office.setting(SETTING))
    assert recovery(office) is Recovery.TO_PRINT
    assert recovery_sheet(office).startswith(b"%PDF")
    with pytest.raises(BadInput, match="another recovery sheet"):
        prove_recovery(office, " ".join(old.words))
    county.sync(office, ben)
    for place in ("office", "Ben"):
        assert open_recovered(county.place / place, new).key
        with pytest.raises(WrongPassphrase):
            open_recovered(county.place / place, old)
    make_record(ben, "people", {"name": "Sealed to the new one"})
    record_feedback(ben, NewFeedback("The inspector asked for money", sensitive=True))
    county.sync(ben, office)
    with_old = replace(office.space, audiences={"everyone": (_epoch(old),)})
    for file in set(county.folder.rglob("*.segment")) - before:
        try:
            changes = open_segment(file.read_bytes(), with_old).changes
        except SealedForOthers:
            continue
        raise AssertionError([each.verb for each in changes])
    prove_recovery(office, " ".join(new.words))
    assert recovery(office) is Recovery.PROVEN
    with pytest.raises(NotFound):
        recover_space(county.place / "by the old", county.folder_named("empty"), " ".join(new.words), "Ada", NEW)
    county.sync(office, ben)
    store = recovered(county, " ".join(new.words))
    assert state(store) == state(office)


def test_a_new_sheet_that_the_second_coordinator_made_by_the_first_one_brings_the_department_back(
    county: Department,
) -> None:
    office, dee, cora = county.office, county.joined("Dee", "coordinator"), county.joined("Cora")
    make_record(office, "people", {"name": "Maria"})
    make_record(cora, "people", {"name": "Otis"})
    first = words_of(office)
    county.sync(dee, cora, office, dee, cora)
    revoke(dee, office.device, first)  # the founder's laptop is gone
    new_sheet(dee, words=first)
    words = words_of(dee)
    prove_recovery(dee, words)
    make_record(dee, "people", {"name": "Afterwards"})
    record_feedback(cora, NewFeedback("The inspector asked for money", sensitive=True))
    county.sync(dee, cora, dee)
    store = recovered(county, words)
    assert state(store) == state(dee)
    assert names(store) == {"Maria", "Otis", "Afterwards"}
    assert len(store.list("feedback")) == 1
    assert recovery(store) is Recovery.PROVEN


def _epoch(sheet: RecoveryKey) -> Epoch:
    return Epoch(1, sheet.recipient, sheet.identity)


def test_a_folder_without_anything_of_the_sheets_department_says_so(county: Department, tmp_path: Path) -> None:
    county.sync(county.office)
    other = county.keep(new_store(tmp_path / "other", NEW, "Eve", "Elsewhere County", DEMO_COST))
    sync_folder(other, county.folder_named("other folder"))
    for words, match in ((words_of(other), "Nothing in this folder"), ("one two", "24 words")):
        with pytest.raises((NotFound, BadInput), match=match):
            recover_space(tmp_path / "no", county.folder, words, "Ada", NEW, cost=DEMO_COST)
    with pytest.raises(BadInput, match="your name"):
        recover_space(tmp_path / "no", county.folder, words_of(county.office), " ", NEW, cost=DEMO_COST)
    assert not (tmp_path / "no").exists()


def test_killed_at_any_step_there_is_no_store_or_it_is_ended(county: Department, tmp_path: Path) -> None:
    """Nobody's store, that no laptop lets in, is never what is left."""
    office, ben = county.office, county.joined("Ben")
    make_record(ben, "people", {"name": "Otis"})
    words = words_of(office)
    county.sync(ben, office, ben)
    before = state(office)
    office.close()
    folder = county.place / "recovered"
    folder.mkdir()
    (there := tmp_path / "cuts").mkdir()
    store, steps = cuts(folder, there, lambda: recovered(county, words))
    assert state(store) == before
    committed = [each for each in steps if next(each.glob(".rescue-*/committed"), None)]
    assert len(committed) > 2
    left = [path for path in county.folder.rglob("*.segment") if path.parts[-3] == store.device[:8].hex()]
    begun = min(path.stat().st_mtime for path in left)
    assert all(each.stat().st_mtime <= begun for each in committed), "others hear of it when it is there"
    for cut in {steps[0], steps[len(steps) // 2], *steps[-len(committed) - 2 :]}:
        if cut == steps[-1]:  # of what it leaves in the folder afterwards
            Store.open(cut, NEW).close()
            continue
        assert holds_a_store(cut) == (cut in committed)
        again = county.keep(recover_space(cut, county.folder, words, "Ada Crowe", NEW, cost=DEMO_COST))
        assert state(again) == before
        assert again.device in again.membership().coordinators
        again.close()
        Store.open(cut, NEW).close()
        assert not list(cut.glob(".rescue-*"))


def test_keys_without_end_given_to_the_sheet_by_one_laptop_are_not_all_tried(
    county: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    new_sheet(office)
    sheet = RecoveryKey(office.setting(SETTING))
    county.sync(office, ben)
    with ben.writing("forge") as draft:
        for number in (1, 1, 1, 2, 3, 4, 5):
            key = Epoch.new(number)
            secrets = {device_of(sheet.public): sealed_to(sheet.public, key.secret.encode())}
            draft.statements.append(KeyGiven("everyone", number, key.recipient, secrets))
    county.sync(ben)
    tried: set[int] = set()
    true = recovering.open_segment

    def opened(data: bytes, space: SpaceKeys) -> OpenedSegment:
        tried.add(len(space.opening))
        return true(data, space)

    monkeypatch.setattr(recovering, "open_segment", opened)
    store = recovered(county, " ".join(sheet.words))
    assert store.membership().coordinators == {office.device, store.device}
    assert max(tried) == 1 + 2, "the sheet's own, and one of each laptop's that gave it any"
