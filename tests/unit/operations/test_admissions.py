"""A laptop that waits outside: a coordinator is told and lets it in; and each laptop knows how it stands itself."""

import pytest

from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.admissions import OwnPlace, Stands, Why, let_in, own_place, place_in_words, waiting
from outreach_app.operations.decisions import note
from outreach_app.operations.laptops import laptop_named, laptops, restore, revoke
from outreach_app.operations.records import make_record
from outreach_app.operations.spaces import invite, join
from outreach_app.store.keys import DEMO_COST
from outreach_app.store.recovery_keys import SETTING, RecoveryKey
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, names, state


def two_by_one_invitation(county: Department) -> tuple[Store, Store]:
    """Ben's laptop, which the invitation lets in, and Cora's, which comes with the same one."""
    file = county.place / "one.invitation"
    code = invite(county.office, file)
    ben, cora = (
        county.keep(join(county.place / name, file, code, name, OWN_PASSPHRASE, DEMO_COST)) for name in ("Ben", "Cora")
    )
    county.sync(ben, county.office)
    return ben, cora


def asking(store: Store) -> list[str]:
    return [each.title for each in store.decisions() if each.what == "asking"]


def test_a_second_laptop_of_one_invitation_waits_by_name_and_is_let_in_by_a_person(county: Department) -> None:
    office = county.office
    ben, cora = two_by_one_invitation(county)
    make_record(cora, "people", {"name": "Met while waiting"})
    assert waiting(office) == []
    county.sync(cora, office, cora)
    (waits,) = waiting(office)
    assert (waits.name, waits.why, waits.first) == ("Cora", Why.USED, "Ben")
    assert asking(office) == ["Cora"]
    assert asking(ben) == [], "it is a coordinator's to decide"
    assert [(each.name, each.asks == waits) for each in laptops(office)] == [
        ("Ada Crowe", False),
        ("Cora", True),
        ("Ben", False),
    ]
    assert own_place(cora) == OwnPlace(Stands.SECOND, "Ben", code=cora.device.hex()[:8])
    assert (laptops(cora)[0].name, laptops(cora)[0].own) == ("Cora", True), "it finds itself in the list"
    assert f"its code, {cora.device.hex()[:8]}," in place_in_words(own_place(cora))
    let_in(office, cora.device)
    assert names(office) == {"Met while waiting"}, "what it wrote counts from now on"
    assert (waiting(office), asking(office)) == ([], [])
    assert office.membership().members[cora.device].role == "worker"
    with pytest.raises(NotFound, match="does not ask"):
        let_in(office, cora.device)
    county.sync(office, cora, ben)
    assert own_place(cora) == own_place(ben) == own_place(office) == OwnPlace()
    assert state(cora) == state(ben) == state(office)


def test_a_laptop_left_outside_is_asked_about_no_more_and_can_still_be_let_in(county: Department) -> None:
    office = county.office
    _ben, cora = two_by_one_invitation(county)
    county.sync(cora, office)
    (decision,) = [each for each in office.decisions() if each.what == "asking"]
    note(office, decision)
    county.sync(cora, office)
    assert asking(office) == []
    let_in(office, laptop_named(office, "cora", asks=True).device)
    assert waiting(office) == []


def test_two_that_ask_at_once_are_told_apart_by_their_codes(county: Department) -> None:
    office = county.office
    file = county.place / "one.invitation"
    code = invite(office, file)
    stores = [county.keep(join(county.place / f"c{at}", file, code, "Cora", OWN_PASSPHRASE, DEMO_COST)) for at in "123"]
    county.sync(*stores, office)
    first = next(each for each in stores if each.device in office.membership().members)
    others = [each for each in stores if each is not first]
    with pytest.raises(BadInput, match="Several"):
        laptop_named(office, "Cora", asks=True)
    let_in(office, laptop_named(office, others[0].device.hex()[:8], asks=True).device)
    assert [each.device for each in waiting(office)] == [others[1].device]
    assert laptop_named(office, first.device.hex()[:8]).added > 0


def test_a_worker_lets_nobody_in_and_a_late_invitation_is_told_as_that(county: Department) -> None:
    office = county.office
    ben, cora = two_by_one_invitation(county)
    dana = county.joined("Dana")
    county.sync(dana, cora, ben)
    with pytest.raises(BadInput, match="Only a coordinator"):
        let_in(ben, cora.device)
    office.clock.now = lambda: 2**60  # type: ignore[method-assign]
    county.sync(office)
    assert {each.name: each.why for each in waiting(office)} == {"Cora": Why.USED, "Dana": Why.LATE}
    dana.clock.now = lambda: 2**60  # type: ignore[method-assign]
    county.sync(dana)
    assert "Its invitation was no longer good. Sync it, tell" in place_in_words(own_place(dana))


def test_a_new_laptop_knows_that_it_waits_until_it_has_heard(county: Department) -> None:
    ben = county.joined("Ben")
    assert own_place(ben).stands is Stands.WAITS
    county.sync(ben)
    assert own_place(ben).stands is Stands.WAITS
    county.sync(county.office, ben)
    assert own_place(ben).stands is Stands.IN


def test_a_laptop_that_is_given_up_learns_it_and_by_whom_and_nothing_written_before(county: Department) -> None:
    office, ben = county.office, county.joined("Ben")
    county.sync(ben, office, ben)
    make_record(office, "people", {"name": "Not for the thief"})
    revoke(office, ben.device)
    make_record(office, "people", {"name": "Nor this"})
    county.sync(office, ben)
    place = own_place(ben)
    assert (place.stands, place.who) == (Stands.GIVEN_UP, "Ada Crowe")
    assert moment_of(place.at)[:4] > "2000"
    assert names(ben) == set()
    restore(office, ben.device)
    county.sync(office, ben)
    assert own_place(ben) == OwnPlace()
    assert names(ben) == {"Not for the thief", "Nor this"}


def test_the_founders_laptop_given_up_by_the_sheet_learns_that_it_was_the_sheet(county: Department) -> None:
    office = county.office
    sheet = " ".join(RecoveryKey(office.setting(SETTING)).words)
    dana = county.joined("Dana", "coordinator")
    county.sync(dana, office, dana)
    revoke(dana, office.device, sheet)
    county.sync(dana, office)
    assert (own_place(office).stands, own_place(office).who) == (Stands.GIVEN_UP, "")
