"""Lists: what is found by a few letters, and the order asked for."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from outreach_app.operations import listing as module
from outreach_app.operations.decisions import join
from outreach_app.operations.listing import Listing, listed, listing
from outreach_app.operations.records import delete_record, make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(memory()) as opened:
        yield opened


def person(store: Store, name: str, **values: object) -> str:
    return make_record(store, "people", {"name": name, **values})[0]


def titles(store: Store, of: Listing, order: str = "", **more: Any) -> list[str]:
    return [view.title for view in listed(store, of, order, **more)]


def test_without_letters_all_are_listed_by_title_whatever_accents_and_case_say(store: Store) -> None:
    for name in ("Zoe Hyde", "ada crowe", "Émile Roy", "Dale Cope"):
        person(store, name)
    all_of_them = listing(store, "people")
    assert all_of_them == Listing("people", None, 4)
    assert titles(store, all_of_them) == ["ada crowe", "Dale Cope", "Émile Roy", "Zoe Hyde"]
    assert titles(store, all_of_them, "-title") == ["Zoe Hyde", "Émile Roy", "Dale Cope", "ada crowe"]
    assert titles(store, all_of_them, limit=2, offset=1) == ["Dale Cope", "Émile Roy"]


def test_letters_find_what_begins_with_them_in_any_searched_field(store: Store) -> None:
    person(store, "Ada Crowe", phones=[{"number": "828 555 0117"}])
    person(store, "Ben Arch", town="Crow Valley")
    person(store, "Carl Hyde")
    assert titles(store, listing(store, "people", "crow")) == ["Ada Crowe", "Ben Arch"]
    assert titles(store, listing(store, "people", "ada crow")) == ["Ada Crowe"]
    assert titles(store, listing(store, "people", "8285550117")) == ["Ada Crowe"]
    assert listing(store, "people", "yde") == Listing("people", (), 0)
    assert listing(store, "people", "?") == Listing("people", (), 0)
    assert titles(store, listing(store, "people", "  ")) == ["Ada Crowe", "Ben Arch", "Carl Hyde"]


def test_letters_find_only_what_stands_in_the_list_they_are_typed_in(store: Store) -> None:
    event, _changes = make_record(store, "events", {"name": "Crowe hall"})
    person(store, "Ada Crowe")
    assert [view.id for view in listed(store, listing(store, "events", "crowe"))] == [event]


def test_what_was_deleted_is_not_listed_and_what_was_joined_stands_once(store: Store) -> None:
    gone, one, other = person(store, "Ada Crowe"), person(store, "Robert Crowe"), person(store, "Bob Crowe")
    delete_record(store, "people", gone)
    join(store, "people", one, other)
    assert [view.id for view in listed(store, listing(store, "people"))] == [one]
    assert [view.id for view in listed(store, listing(store, "people", "bob"))] == []  # both are called Robert now
    assert [view.id for view in listed(store, listing(store, "people", "robert"))] == [one]
    younger = store.many("people", [other])[0].code  # printed somewhere before they were joined
    assert [view.id for view in listed(store, listing(store, "people", younger))] == [one]


def test_only_those_of_one_record_and_of_them_those_with_the_letters(store: Store) -> None:
    ada, ben = person(store, "Ada Crowe"), person(store, "Ben Arch")
    for whose, channel in ((ada, "phone"), (ada, "text"), (ben, "phone")):
        make_record(store, "consents", {"person": whose, "channel": channel, "state": "granted"})
    own = listing(store, "consents", where={"person": ada})
    assert own.count == 2
    assert {view.values["channel"] for view in listed(store, own, "-made_at")} == {"phone", "text"}
    assert listing(store, "consents", "ben", {"person": ada}).count == 0
    assert listing(store, "consents", "crowe", {"person": ada}).count == 2


def test_where_letters_find_more_than_is_looked_at_it_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        person(store, f"Crowe {number}")
    monkeypatch.setattr(module, "MOST", 4)
    assert listing(store, "people", "crowe").cut
    monkeypatch.setattr(module, "MOST", 5)
    found = listing(store, "people", "crowe")
    assert (found.count, found.cut) == (4, False)


def test_what_is_empty_comes_last_both_ways(store: Store) -> None:
    for name, town in (("Ada", "Sylva"), ("Ben", None), ("Carl", "almond"), ("Dale", "Bryson City")):
        person(store, name, **({"town": town} if town else {}))
    everybody = listing(store, "people")
    assert titles(store, everybody, "town") == ["Carl", "Dale", "Ada", "Ben"]
    assert titles(store, everybody, "-town") == ["Ada", "Dale", "Carl", "Ben"]


def test_references_are_ordered_by_what_they_are_called(store: Store) -> None:
    places = {name: make_record(store, "organizations", {"name": name})[0] for name in ("Zion Church", "Almond Hall")}
    for name, place in (("Ada", "Zion Church"), ("Ben", "Almond Hall")):
        make_record(store, "affiliations", {"person": person(store, name), "organization": places[place]})
    order = [
        view.titles[view.values["person"]] for view in listed(store, listing(store, "affiliations"), "organization")
    ]
    assert order == ["Ben", "Ada"]


def test_choices_are_ordered_as_they_are_offered_and_counties_by_name(store: Store) -> None:
    for name, state, county in (("Tea", "dropped", "37173"), ("Call", "open", "37075"), ("Ask", "done", "37087")):
        make_record(store, "follow_ups", {"what": name, "state": state})
        person(store, name, county=county)
    assert titles(store, listing(store, "follow_ups"), "state") == ["Call", "Ask", "Tea"]
    assert titles(store, listing(store, "people"), "county") == ["Call", "Ask", "Tea"]  # Graham, Haywood, Swain


def test_lists_are_ordered_by_their_first_element_and_several_orders_follow_each_other(store: Store) -> None:
    person(store, "Ada", phones=[{"number": "828 555 0199"}, {"number": "828 555 0100"}])
    person(store, "Ben", phones=[{"number": "828 555 0150"}])
    person(store, "Carl")
    assert titles(store, listing(store, "people"), "phones") == ["Ben", "Ada", "Carl"]
    for what, state, due in (("b", "open", "2026-12-01"), ("a", "done", "2026-10-01"), ("c", "open", "2026-11-01")):
        make_record(store, "follow_ups", {"what": what, "state": state, "due": due})
    assert titles(store, listing(store, "follow_ups"), "state,due") == ["c", "b", "a"]


def test_every_listed_field_of_every_kind_can_be_sorted_by(store: Store) -> None:
    person(store, "Ada")
    for name, kind in store.registry.items():
        for field in kind.fields:
            listed(store, listing(store, name), f"-{field.name}", 10, 0)
