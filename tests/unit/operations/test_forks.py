"""A laptop that was copied while it was open writes two things under one number: all end alike, and nothing is lost."""

from pathlib import Path

import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.journal.statements import run_of
from outreach_app.operations.held import accept
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.spaces import open_store
from outreach_app.operations.syncing import sync_folder
from outreach_app.store.decisions import Decision
from outreach_app.store.journals import Journal
from outreach_app.store.stores import Store
from tests.helpers.departments import OWN_PASSPHRASE, Department, names, state

DRAWN = b"drawn..."


@pytest.fixture
def twins(county: Department) -> list[Store]:
    """Two stores of one laptop, each with two people of its own written in one run; the one that stands first."""
    ben = county.joined("Ben")
    county.sync(ben, county.office, ben)
    folder = county.place / "Ben"
    ben.close()
    places = folder, county.copied(ben, "twin")
    found = []
    for place, name in zip(places, ("Maria", "Otis"), strict=True):
        store = county.keep(open_store(place, OWN_PASSPHRASE))
        run = run_of(store.device, DRAWN)
        store._runs["everyone"] = run  # what a copied memory would do: both go on in one run
        person, _ = make_record(store, "people", {"name": name})
        sync_folder(store, county.folder_named(f"stick of {name}"))
        edit_record(store, "people", person, {"name": f"{name} Queen"})
        sync_folder(store, county.place / f"stick of {name}")
        with store.reading() as connection:
            first = Journal(connection).change(WriteId(run, 1))
        assert first is not None
        found.append((first.digest, store))
    return [store for _digest, store in sorted(found, key=lambda each: each[0])]


def held(store: Store) -> list[Decision]:
    return [each for each in store.decisions() if each.what == "held"]


def test_of_two_contents_the_lesser_stands_everywhere_whatever_comes_first(
    county: Department, twins: list[Store]
) -> None:
    office, cora = county.office, county.joined("Cora")
    county.sync(cora, office, cora)
    stands, other = twins
    (wins,), (loses,) = names(stands), names(other)
    sticks = [county.place / f"stick of {each.split()[0]}" for each in (wins, loses)]
    for store, order in ((office, sticks), (cora, sticks[::-1])):
        for stick in order:
            assert sync_folder(store, stick).exchange.adds_up
    county.sync(office, cora, office)
    assert names(office) == names(cora) == {wins}
    assert state(office) == state(cora)
    for store in (office, cora):
        assert store.left_segments() == {"forked": 2}
        assert [(each.title, len(each.lines)) for each in held(store)] == [("Ben", 2)]
        assert store.check().healthy
    assert held(office) == held(cora)
    county.sync(stands, other, office, stands, other)
    assert names(other) == names(stands) == {wins}
    make_record(other, "people", {"name": "Goes on"})
    county.sync(other, office, cora, stands)
    assert names(office) == names(cora) == names(stands) == {wins, "Goes on"}


def test_the_other_content_is_accepted_by_a_person_and_that_undone(county: Department, twins: list[Store]) -> None:
    office, (stands, other) = county.office, twins
    (wins,), (loses,) = names(stands), names(other)
    county.sync(stands, other, office, stands, other)
    made = accept(office, held(office)[0])
    assert names(office) == {wins, loses}
    assert held(office) == []
    county.sync(office, stands, other)
    assert names(stands) == names(other) == {wins, loses}
    assert made.change is not None
    office.undo(made.change)
    assert names(office) == {wins}
    assert len(held(office)) == 1
    assert office.check().healthy


def test_what_is_on_the_copied_laptop_alone_is_kept_when_its_content_does_not_stand(
    county: Department, twins: list[Store]
) -> None:
    office, (stands, other) = county.office, twins
    make_record(other, "people", {"name": "On this laptop alone"})
    county.sync(stands, other, office)
    assert "On this laptop alone" not in names(office)
    accept(office, held(office)[0])
    assert "On this laptop alone" in names(office)


def test_what_follows_a_content_that_does_not_stand_waits_though_its_number_would_fit(
    county: Department, twins: list[Store], tmp_path: Path
) -> None:
    office, (stands, other) = county.office, twins
    (wins,), (loses,) = names(stands), names(other)
    stick = county.place / f"stick of {loses.split()[0]}"
    file = max((path for path in stick.rglob("*.segment") if path.parent.name == DRAWN.hex()), key=lambda p: p.name)
    alone = tmp_path / "alone" / file.relative_to(stick)
    alone.parent.mkdir(parents=True)
    file.rename(alone)
    only_first = sorted((county.place / f"stick of {wins.split()[0]}").rglob("*.segment"))
    assert len([path for path in only_first if path.parent.name == DRAWN.hex()]) == 2
    first = min((path for path in only_first if path.parent.name == DRAWN.hex()), key=lambda path: path.name)
    target = county.folder / first.relative_to(county.place / f"stick of {wins.split()[0]}")
    target.parent.mkdir(parents=True, exist_ok=True)
    first.rename(target)
    county.sync(office)
    assert names(office) == {wins.split()[0]}
    assert sync_folder(office, tmp_path / "alone").exchange.waiting == 1
    assert names(office) == {wins.split()[0]}
