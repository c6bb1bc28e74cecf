"""A laptop that was copied while it was open writes two things under one number: all end alike, and nothing is lost."""

from itertools import permutations

import pytest

from outreach_app.journal.statements import run_of
from outreach_app.operations.held import accept
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.spaces import open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, names, state

DRAWN = b"drawn..."
COPIES = ("Maria", "Otis", "Pearl")


@pytest.fixture
def copies(county: Department) -> list[Store]:
    """Three stores of one laptop, each with a person of its own written in one run, and then written to again."""
    ben = county.joined("Ben")
    county.sync(ben, county.office, ben)
    folder = county.place / "Ben"
    ben.close()
    places = folder, county.copied(ben, "twin"), county.copied(ben, "triplet")
    found = []
    for place, name in zip(places, COPIES, strict=True):
        store = county.keep(open_store(place, OWN_PASSPHRASE))
        run = run_of(store.device, DRAWN)
        store._runs["everyone"] = run  # what a copied memory would do: all go on in one run
        person, _ = make_record(store, "people", {"name": name})
        sync_folder(store, county.folder_named(f"stick of {name}"))
        edit_record(store, "people", person, {"name": f"{name} Queen"})
        sync_folder(store, county.place / f"stick of {name}")
        found.append(store)
    return found


def held(store: Store) -> list[Decision]:
    return [each for each in store.decisions() if each.what == "held"]


def test_of_two_contents_neither_counts_anywhere_whatever_comes_first(county: Department, copies: list[Store]) -> None:
    office, cora = county.office, county.joined("Cora")
    county.sync(cora, office, cora)
    sticks = [county.place / f"stick of {each}" for each in COPIES[:2]]
    assert sync_folder(office, sticks[0]).exchange.clashing == 0
    assert names(office) == {"Maria Queen"}
    assert sync_folder(office, sticks[1]).exchange.clashing == 2
    assert names(office) == set()
    for stick in sticks[::-1]:
        assert sync_folder(cora, stick).exchange.adds_up
    county.sync(office, cora, office)
    assert state(office) == state(cora)
    for store in (office, cora):
        assert store.left_segments() == {"forked": 4}
        assert [(each.title, len(each.lines)) for each in held(store)] == [("Ben", 4)]
        assert store.check().healthy
    assert held(office) == held(cora)
    one, two, _three = copies
    county.sync(one, two, office, one, two)
    assert names(one) == names(two) == set()
    make_record(two, "people", {"name": "Goes on"})
    county.sync(two, office, cora, one)
    assert names(office) == names(cora) == names(one) == {"Goes on"}


@pytest.mark.parametrize("order", [*permutations(COPIES)])
def test_three_copies_in_any_order_end_alike(county: Department, copies: list[Store], order: tuple[str, ...]) -> None:
    office, cora = county.office, county.joined("Cora")
    county.sync(cora, office, cora)
    for store, sticks in ((office, COPIES), (cora, order)):
        for name in sticks:
            assert sync_folder(store, county.place / f"stick of {name}").exchange.adds_up
    county.sync(office, cora, *copies, office, cora, *copies)
    for store in (office, cora, *copies):
        assert names(store) == set()
        assert store.left_segments() == {"forked": 6}
    accept(office, held(office)[0])
    county.sync(office, cora, *copies)
    for store in (office, cora, *copies):
        assert names(store) == {f"{name} Queen" for name in COPIES}
        assert held(store) == []
        assert store.check().healthy


def test_both_contents_are_accepted_by_a_person_and_that_undone(county: Department, copies: list[Store]) -> None:
    office, (one, two, _three) = county.office, copies
    county.sync(one, two, office, one, two)
    made = accept(office, held(office)[0])
    assert names(office) == {"Maria Queen", "Otis Queen"}
    assert held(office) == []
    county.sync(office, one, two)
    assert names(one) == names(two) == {"Maria Queen", "Otis Queen"}
    assert made.change is not None
    office.undo(made.change)
    assert names(office) == set()
    assert len(held(office)) == 1
    assert office.check().healthy


def test_an_edit_of_one_content_hides_nothing_of_the_other(county: Department, copies: list[Store]) -> None:
    office, cora = county.office, county.joined("Cora")
    county.sync(cora, office, cora)
    one, two, _three = copies
    county.sync(cora, folder=county.place / f"stick of {COPIES[0]}")
    [maria] = [view.id for view in cora.list("people")]
    edit_record(cora, "people", maria, {"name": "Maria Walkingstick"})
    county.sync(one, two, cora, office)
    assert names(office) == {"Maria Walkingstick"}
    accept(office, held(office)[0])
    assert "Otis Queen" in names(office)
    assert [(each.what, each.record) for each in office.decisions()] == [("conflict", maria)]


def test_what_is_on_the_copied_laptop_alone_is_kept(county: Department, copies: list[Store]) -> None:
    office, (one, two, _three) = county.office, copies
    make_record(two, "people", {"name": "On this laptop alone"})
    county.sync(one, two, office)
    assert "On this laptop alone" not in names(office)
    accept(office, held(office)[0])
    assert "On this laptop alone" in names(office)
