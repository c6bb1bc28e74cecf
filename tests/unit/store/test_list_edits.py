"""Giving a list field other elements: what a person changed stays the same element, so that two can differ about it."""

from outreach_app.operations.records import edit_record, make_record
from outreach_app.store.stores import Store


def made(**values: object) -> tuple[Store, str]:
    store = Store.in_memory(worker="Ada", department="Hill County")
    return store, make_record(store, "people", {"name": "Cora", **values})[0]


def elements(store: Store, person: str, name: str) -> dict[str, object]:
    view = store.get("people", person)
    assert view is not None
    return {each["id"]: each["value"] for each in view.values[name] or ()}


def test_a_changed_phone_is_still_that_phone() -> None:
    old, other, new = ({"number": f"828 555 010{digit}"} for digit in range(3))
    store, person = made(phones=[old, other])
    before = elements(store, person, "phones")
    edit_record(store, "people", person, {"phones": [new, other]})
    after = elements(store, person, "phones")
    assert after.keys() == before.keys()
    assert list(after.values()) == [new, other]


def test_more_are_added_and_fewer_are_taken_away() -> None:
    store, person = made(emails=["a@example.org"])
    (first,) = elements(store, person, "emails")
    edit_record(store, "people", person, {"emails": ["b@example.org", "c@example.org"]})
    held = elements(store, person, "emails")
    assert held[first] == "b@example.org"
    assert sorted(map(str, held.values())) == ["b@example.org", "c@example.org"]
    edit_record(store, "people", person, {"emails": ["c@example.org"]})
    assert list(elements(store, person, "emails").values()) == ["c@example.org"]
    edit_record(store, "people", person, {"emails": []})
    assert not elements(store, person, "emails")


def test_another_choice_is_another_element() -> None:
    store, person = made(interests=["food"])
    before = elements(store, person, "interests")
    edit_record(store, "people", person, {"interests": ["housing"]})
    after = elements(store, person, "interests")
    assert list(after.values()) == ["housing"]
    assert not after.keys() & before.keys()
