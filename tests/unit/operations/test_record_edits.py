"""Edits from a form: element by element, press by press, so that what others did meanwhile stands."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from outreach_app.model.edits import ListEdit, Pressed
from outreach_app.operations.records import edit_record, make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory

HOME, WORK = {"number": "828 555 0100"}, {"number": "828 555 0150", "kind": "work"}


@pytest.fixture
def laptops() -> Iterator[tuple[Store, Store]]:
    with ExitStack() as held:
        yield tuple(held.enter_context(closing(memory(name))) for name in ("Ada", "Ben"))  # type: ignore[misc]  # two


def swap(one: Store, other: Store) -> None:
    one.apply(all_changes(other))
    other.apply(all_changes(one))


def elements(store: Store, record: str, name: str, kind: str = "people") -> dict[str, object]:
    view = store.get(kind, record)
    assert view is not None
    return {element["id"]: element["value"] for element in view.values[name] or ()}


def test_an_element_is_changed_one_is_added_and_one_goes(laptops: tuple[Store, Store]) -> None:
    store = laptops[0]
    ada, _changes = make_record(store, "people", {"name": "Ada", "phones": [HOME, WORK]})
    home, work = elements(store, ada, "phones")
    new = {"number": "828 555 0199"}
    edit_record(store, "people", ada, {"phones": ListEdit({home: {**HOME, "kind": "home"}, work: None}, (new,))})
    left = elements(store, ada, "phones")
    assert left[home] == {**HOME, "kind": "home"}
    assert work not in left
    assert list(left.values()).count(new) == 1


def test_two_who_change_one_phone_have_something_to_decide_and_not_two_phones(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    ada, _changes = make_record(one, "people", {"name": "Ada", "phones": [HOME]})
    swap(one, other)
    (home,) = elements(one, ada, "phones")
    for store, number in ((one, "828 555 0127"), (other, "828 555 0172")):
        edit_record(store, "people", ada, {"phones": ListEdit({home: {"number": number}})})
    swap(one, other)
    assert list(elements(one, ada, "phones")) == [home]
    assert [(each.what, each.element) for each in one.decisions()] == [("conflict", home)]


def test_presses_made_apart_add_up(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    fair, _changes = make_record(one, "events", {"name": "Fair", "others_here": 5})
    swap(one, other)
    edit_record(one, "events", fair, {"others_here": Pressed(3)})
    edit_record(other, "events", fair, {"others_here": Pressed(-1)})
    swap(one, other)
    for store in laptops:
        view = store.get("events", fair)
        assert view is not None
        assert view.values["others_here"] == 7


def test_an_edit_that_says_what_stands_changes_nothing(laptops: tuple[Store, Store]) -> None:
    store = laptops[0]
    ada, _changes = make_record(store, "people", {"name": "Ada", "phones": [HOME]})
    (home,) = elements(store, ada, "phones")
    changes = edit_record(store, "people", ada, {"name": "Ada", "phones": ListEdit({home: HOME})})
    assert changes.change is None
