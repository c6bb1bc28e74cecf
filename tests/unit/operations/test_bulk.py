"""Several records at once: one change, one undo, and nothing that each has for itself."""

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.bulk import change_all, changeable, delete_all
from outreach_app.operations.records import delete_record, make_record, undo_last
from outreach_app.store.stores import Store


def people(store: Store) -> list[str]:
    return [
        make_record(store, "people", {"name": name, "town": town, "interests": ["food"]})[0]
        for name, town in (("Ada", "Sylva"), ("Ben", None), ("Cy", "Almond"))
    ]


def test_several_are_changed_in_one_change_and_one_undo_takes_it_back(laptop: Store) -> None:
    records = people(laptop)
    delete_record(laptop, "people", records[2])
    before = [view.values for view in laptop.many("people", records)]
    changes = change_all(laptop, "people", records, {"town": "Sylva", "interests": ["food", "housing"]})
    assert changes.change is not None
    assert [(view.values["town"], view.elements("interests")) for view in laptop.list("people")] == [
        ("Sylva", ["food", "housing"])
    ] * 2
    assert laptop.many("people", records[2:])[0].values["town"] == "Almond"
    undo_last(laptop)
    assert [view.values for view in laptop.many("people", records)] == before


def test_what_says_so_already_is_left(laptop: Store) -> None:
    [ada, *_others] = people(laptop)
    assert change_all(laptop, "people", [ada], {"town": "Sylva", "interests": ["food"]}).change is None


def test_several_are_deleted_and_brought_back_by_one_undo(laptop: Store) -> None:
    records = people(laptop)
    delete_all(laptop, "people", records[:2])
    assert [view.title for view in laptop.list("people")] == ["Cy"]
    undo_last(laptop)
    assert laptop.count("people") == 3


@pytest.mark.parametrize(("kind", "field"), [("people", "name"), ("feedback", "verbatim"), ("consents", "state")])
def test_what_each_has_for_itself_is_not_changed_for_several(laptop: Store, kind: str, field: str) -> None:
    assert field not in [each.name for each in changeable(laptop.registry[kind])]
    with pytest.raises(BadInput, match="one by one"):
        change_all(laptop, kind, [], {field: "x"})


def test_one_change_is_for_one_kind_of_reader(laptop: Store) -> None:
    records = [
        make_record(laptop, "feedback", {"verbatim": said, "sensitive": sealed})[0]
        for said, sealed in (("The clinic is far.", None), ("He hits her.", True))
    ]
    with pytest.raises(BadInput, match="Only coordinators"):
        change_all(laptop, "feedback", records, {"population": "Elders"})
    assert laptop.get("feedback", records[0]).values["population"] is None  # type: ignore[union-attr]  # it is there
