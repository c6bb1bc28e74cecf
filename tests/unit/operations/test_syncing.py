"""What a sync refuses, and what it tells first: who belongs since, and that a folder held nothing."""

from pathlib import Path

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.admissions import let_in, lets_in
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join
from outreach_app.operations.sync_words import in_words, left, outcome, where_in_words
from outreach_app.operations.syncing import SyncAccount, sync_folder
from outreach_app.store.keys import DEMO_COST
from tests.helpers.departments import OWN_PASSPHRASE, Department


def told(account: SyncAccount) -> list[str]:
    return [each.key for each in outcome(account.to_json())]


def test_a_folder_of_a_store_is_no_stick(county: Department) -> None:
    """What is left there would count as copied, and lies on this laptop still."""
    office, ben = county.office, county.joined("Ben")
    make_record(office, "people", {"name": "Maria"})
    (below := county.place / "office" / "stick").mkdir()
    for folder in (county.place / "office", county.place / "Ben", below):
        with pytest.raises(BadInput, match="belongs to a store"):
            sync_folder(office, folder)
        assert not (folder / "outreach-sync").exists()
    assert office.whereabouts().copied == 0
    assert ben.whereabouts().copied == 0


def test_whoever_came_in_is_told_to_coordinators_and_to_itself(county: Department) -> None:
    office, dee, cora = county.office, county.joined("Dee", "coordinator"), county.joined("Cora")
    assert told(sync_folder(dee, county.folder)) == ["empty", "sent", "received"]
    sync_folder(cora, county.folder)
    account = sync_folder(office, county.folder)
    assert account.let_in == ("Cora", "Dee")
    assert "Let in now: Cora, Dee" in in_words(account.to_json(), [])
    account = sync_folder(cora, county.folder)
    assert (account.let_in, account.joined) == ((), True)
    assert "This laptop is let in now" in in_words(account.to_json(), [])
    assert sync_folder(dee, county.folder).joined
    for store in (office, dee, cora):
        account = sync_folder(store, county.folder)
        assert (account.let_in, account.joined) == ((), False)


def test_the_founder_was_never_let_in(county: Department) -> None:
    account = sync_folder(county.office, county.folder)
    assert (account.let_in, account.joined) == ((), False)


def test_a_coordinators_laptop_that_waits_is_not_told_to_let_others_in(county: Department, tmp_path: Path) -> None:
    office, dee = county.office, county.joined("Dee", "coordinator")
    code = invite(office, tmp_path / "one.invitation")
    for name in ("Ben", "Cora"):
        made = county.keep(join(tmp_path / name, tmp_path / "one.invitation", code, name, OWN_PASSPHRASE, DEMO_COST))
        sync_folder(made, county.folder)
    sync_folder(dee, county.folder)
    assert not lets_in(dee)
    with pytest.raises(BadInput, match="Only a coordinator"):
        let_in(dee, made.device)
    county.sync(office, dee)
    assert lets_in(dee)
    assert not lets_in(made)


def test_where_the_work_is_changes_as_it_goes_round(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    make_record(ben, "people", {"name": "Maria"})
    assert "Only on this laptop: 1" in where_in_words(ben.whereabouts())
    county.sync(ben)
    assert "Copied, not yet confirmed: 1" in where_in_words(ben.whereabouts())
    county.sync(office, ben)
    assert where_in_words(ben.whereabouts()).splitlines()[1:] == [
        "  Only on this laptop: 0",
        "  Copied, not yet confirmed: 0",
        "  Received by the department: 1",
    ]
    assert left(ben.left_segments()) == []
