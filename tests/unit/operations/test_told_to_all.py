"""What is said of who belongs reaches whoever ever belonged, whatever else it can read: so all judge alike."""

from functools import partial

import pytest

from outreach_app.journal.changes import Change
from outreach_app.operations.laptops import appoint, restore, revoke
from outreach_app.operations.records import make_record
from outreach_app.operations.syncing import sync_folder
from outreach_app.store import stores
from outreach_app.store.stores import Store
from tests.helpers.departments import Department, names


def alike(*them: Store) -> bool:
    """Whether all say the same of who belongs."""
    return len({repr(sorted(each.membership().members.items())) for each in them}) == 1


def rest(county: Department, *them: Store) -> bool:
    """Whether nobody has anything new to leave after a few rounds."""
    county.sync(*them, rounds=3)
    return not any(sync_folder(each, county.folder).exchange.sent_segments for each in them)


def test_a_laptop_that_is_found_again_hears_a_coordinator_who_came_while_it_was_lost(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    revoke(office, ben.device)
    make_record(office, "people", {"name": "Maria"})
    dee = county.joined("Dee", "coordinator")
    county.sync(office, dee, office, dee)
    restore(dee, ben.device)
    county.sync(dee, ben, office, ben)
    make_record(ben, "people", {"name": "Otis"})
    county.sync(ben, dee, office)
    assert names(ben) == names(dee) == names(office) == {"Maria", "Otis"}
    assert alike(office, dee, ben)
    assert rest(county, office, dee, ben)


def test_an_older_program_hears_who_belongs_of_a_laptop_whose_changes_it_cannot_read(
    county: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, dee, ben = county.office, county.joined("Dee", "coordinator"), county.joined("Ben")
    county.sync(dee, ben, office, dee, ben)
    with monkeypatch.context() as patch:
        patch.setattr(stores, "Change", partial(Change, least=2))
        make_record(dee, "people", {"name": "Maria"})
    appoint(dee, ben.device, "coordinator")
    lost = county.joined("Lost")
    county.sync(lost, office, lost)
    revoke(office, lost.device)
    county.sync(dee, office, ben, dee)
    assert alike(office, dee, ben)
    assert rest(county, office, dee, ben)
