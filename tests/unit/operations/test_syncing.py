"""What a sync refuses, and what it tells first: who belongs since, and that a folder held nothing."""

from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.journal.changes import Slot
from outreach_app.model.errors import BadInput
from outreach_app.operations.admissions import let_in, lets_in
from outreach_app.operations.records import make_record
from outreach_app.operations.rescuing import held_by
from outreach_app.operations.spaces import invite, join
from outreach_app.operations.sync_words import in_words, left, outcome, where_in_words
from outreach_app.operations.syncing import SyncAccount, sync_folder
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.shipping import State
from outreach_app.sync.exchanges import reason
from outreach_app.sync.folders import FolderCarrier
from tests.helpers.departments import OWN_PASSPHRASE, Department
from tests.helpers.speakers import RECORDS, Speaker, founding, store_of


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


def test_of_two_copies_that_wait_for_their_laptop_neither_counts_as_received(tmp_path: Path) -> None:
    """The sync that hears who let it in takes in what they agree in, and says why it took nothing else."""
    one = Speaker("cora")
    begun = one.writes((Slot("people", RECORDS[0], "name"), "Rosa"))
    town = Slot("people", RECORDS[0], "town")
    copies = [each.writes((town, str(each.clock))) for each in (one.copied(), one)]
    carrier = FolderCarrier(tmp_path)
    for segment in (begun, *copies, founding(Speaker("root"))):
        carrier.write(segment.name, segment.data)
    with closing(store_of("dee")) as store:
        before = held_by(store)
        told = sync_folder(store, tmp_path).exchange
        theirs = [each for each in held_by(store) - before if each.run[:8] != store.device[:8]]
        assert (told.received, told.late, told.clashing, told.waiting) == (len(theirs), 0, 2, 0)
        assert told.adds_up
        assert {each.reason for each in told.set_aside} == {reason(State.FORKED)}
        assert len(told.set_aside) == 2
        again = sync_folder(store, tmp_path).exchange
        assert (again.received, again.late, again.adds_up) == (0, 0, True)
