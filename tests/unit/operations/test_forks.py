"""A laptop that was copied while it was open writes two things under one number: all end alike, and nothing is lost."""

from itertools import permutations
from pathlib import Path
from shutil import copytree

import pytest

from outreach_app.journal.statements import run_of
from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.held import accept
from outreach_app.operations.importing import import_path
from outreach_app.operations.laptops import restore, revoke
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.spaces import open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, names, state

DRAWN = b"drawn..."
COPIES = ("Maria", "Otis", "Pearl")


def copies_of(county: Department) -> list[Store]:
    """Three stores of one laptop that go on in one run, as copies of its memory would."""
    ben = county.joined("Ben")
    county.sync(ben, county.office, ben)
    folder = county.place / "Ben"
    ben.close()
    found = []
    for place in (folder, county.copied(ben, "twin"), county.copied(ben, "triplet")):
        store = county.keep(open_store(place, OWN_PASSPHRASE))
        store._runs["everyone"] = run_of(store.device, DRAWN)
        found.append(store)
    return found


@pytest.fixture
def copies(county: Department) -> list[Store]:
    """Those, each with a person of its own who was then written to again."""
    found = copies_of(county)
    for store, name in zip(found, COPIES, strict=True):
        person, _ = make_record(store, "people", {"name": name})
        sync_folder(store, county.folder_named(f"stick of {name}"))
        edit_record(store, "people", person, {"name": f"{name} Queen"})
        sync_folder(store, county.place / f"stick of {name}")
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


def test_heads_counted_on_both_copies_are_counted_once_though_a_workbook_taught_the_one(
    county: Department, tmp_path: Path
) -> None:
    office, (one, two, _three) = county.office, copies_of(county)
    event, _ = make_record(office, "events", {"name": "Fair"})
    cora = county.joined("Cora")
    county.sync(office, cora, office)
    for store, heads, name in ((one, 5, "one"), (two, 3, "two")):
        with store.writing("count_heads") as draft:
            draft.press("events", event, "others_here", heads)
        sync_folder(store, county.folder_named(name))
    sync_folder(office, county.place / "one")
    export_workbook(office, tmp_path / "office.xlsx")
    import_path(cora, tmp_path / "office.xlsx")
    county.sync(cora, office)
    sync_folder(office, county.place / "two")
    county.sync(office, cora, one, two, office)
    accept(office, held(office)[0])
    county.sync(office, cora, one, two)
    for store in (office, cora, one, two):
        view = store.get("events", event)
        assert view is not None
        assert view.values["others_here"] == 5 + 3


def test_given_up_as_far_as_where_the_copies_part_it_is_held_alike_whatever_comes_first(
    county: Department, copies: list[Store]
) -> None:
    office = county.office
    cora, dee = county.joined("Cora"), county.joined("Dee")
    county.sync(cora, dee, office, cora, dee)
    sticks = [county.place / f"stick of {each}" for each in COPIES[:2]]
    for stick in sticks:
        sync_folder(cora, stick)
    assert cora.left_segments() == {"forked": 4}
    revoke(office, copies[0].device)
    county.sync(office, dee)
    for stick in sticks:
        sync_folder(dee, stick)
    county.sync(cora, office, dee, cora)
    for store in (office, cora, dee):
        assert store.left_segments() == {"held": 4}
        assert held(store) == held(office)
        assert store.check().healthy
    restore(office, copies[0].device)
    county.sync(office, cora, dee)
    for store in (office, cora, dee):
        assert store.left_segments() == {"forked": 4}
        assert held(store) == held(office)


@pytest.mark.usefixtures("copies")
def test_what_is_set_back_in_the_sync_that_brought_it_is_not_told_as_taken_in(county: Department) -> None:
    office, both = county.office, county.folder_named("both")
    for each in COPIES[:2]:
        copytree(county.place / f"stick of {each}", both, dirs_exist_ok=True)
    came = sync_folder(office, both).exchange
    assert names(office) == set()
    assert (came.received, came.clashing) == (0, 4)
    assert came.adds_up
    assert sum(each.kept for each in came.set_aside) == 4
