"""What is said of who belongs reaches whoever ever belonged, whatever else it can read: so all judge alike."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from outreach_app.journal.changes import NOBODY, Change, WriteId
from outreach_app.journal.statements import Accepted, device_of, stated
from outreach_app.operations.laptops import appoint, restore, revoke
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite
from outreach_app.operations.syncing import sync_folder
from outreach_app.store import stores
from outreach_app.store.identities import DeviceIdentity
from outreach_app.store.intakes import Intake
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


def test_what_was_not_saved_tells_nobody_who_belongs(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    keys = [DeviceIdentity(bytes([at]) * 32).public for at in (1, 2)]
    told = [
        (office.device, WriteId(bytes([at]) * 16, 1), [stated(Accepted(b"j" * 32, key, "X", "worker", NOBODY))])
        for at, key in enumerate(keys)
    ]

    def break_off() -> None:
        with office._changing() as connection:
            Intake(connection).tell(told[:1])
            assert device_of(keys[0]) in office.membership().members
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert device_of(keys[0]) not in office.membership().members
    with office._changing() as connection:
        Intake(connection).tell(told[1:])
        assert {device_of(each) for each in keys} & office.membership().members.keys() == {device_of(keys[1])}


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


def test_what_was_heard_before_its_laptop_was_let_in_is_heard_then(county: Department) -> None:
    """Two that were given the same files in another order, of which one lacks what a laptop said before."""
    office, dee = county.office, county.joined("Dee", "coordinator")
    ben, eve, cora = (county.joined(name) for name in ("Ben", "Eve", "Cora"))
    county.sync(ben, eve, cora, office, ben, eve, cora)
    county.sync(dee, office, dee, eve, cora)
    invite(dee, county.place / "first.invitation")
    county.sync(dee)
    before = set(county.folder.rglob("*.segment"))
    appoint(dee, cora.device, "coordinator")
    county.sync(dee)
    stick = county.folder_named("stick")
    _copied(set(county.folder.rglob("*.segment")) - before, county.folder, stick)
    county.sync(ben, eve, folder=stick)
    assert not alike(ben, eve)
    of_the_office = f"{office.space.space[:8].hex()}/{office.device[:8].hex()}"
    _copied(set(county.folder.rglob(f"{of_the_office}/*/*.segment")), county.folder, stick)
    county.sync(ben, eve, folder=stick)
    assert cora.device in ben.membership().coordinators
    assert alike(ben, eve)
    assert ben.membership().ranks == eve.membership().ranks


def _copied(files: set[Path], folder: Path, stick: Path) -> None:
    for each in files:
        to = stick / each.relative_to(folder)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(each, to)


def test_what_was_sealed_to_the_key_of_who_was_given_up_meanwhile_is_read_by_all_who_belong(county: Department) -> None:
    """Dee does not know it yet, gives up Ben, and so begins a key without him, to which Cora seals honest work."""
    office, stick = county.office, county.folder_named("stick")
    dee = county.joined("Dee", "coordinator")
    ben, cora = county.joined("Ben"), county.joined("Cora")
    county.sync(dee, ben, cora, office, dee, ben, cora)
    revoke(dee, ben.device)
    county.sync(dee, cora, folder=stick)
    make_record(cora, "people", {"name": "Maria"})
    revoke(office, dee.device)
    county.sync(cora, folder=stick)
    county.sync(office, cora, office, ben, cora, folder=county.folder)
    county.sync(office, cora, ben)
    assert not office.membership().members[ben.device].lost
    assert names(office) == names(cora) == names(ben) == {"Maria"}
    made = len(list(county.folder.rglob("*.segment")))
    county.sync(office, cora, ben, office)
    assert len(list(county.folder.rglob("*.segment"))) == made, "no key is given twice"
