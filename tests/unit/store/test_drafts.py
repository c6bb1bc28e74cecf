"""A draft says in writes what a verb means: what was so already is not written, and each write names what it saw."""

from typing import Any

import pytest

from outreach_app.journal.changes import Slot
from outreach_app.model.codes import read_code
from outreach_app.operations.decisions import join
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes

PHONE, OTHER, THIRD = ({"number": f"828 555 010{digit}"} for digit in range(3))


@pytest.fixture
def ada(laptop: Store) -> str:
    with laptop.writing("make_people") as draft:
        return draft.new("people", {"name": "Ada", "phones": [PHONE, OTHER], "notes": "Has a van."})


def edited(store: Store, record: str, **values: Any) -> View:
    with store.writing("edit_people") as draft:
        for name, value in values.items():
            draft.set("people", record, name, value)
    view = store.get("people", record)
    assert view is not None
    return view


def test_nothing_written_is_no_change(laptop: Store, ada: str) -> None:
    before = all_changes(laptop)
    with laptop.writing("edit_people") as draft:
        draft.set("people", ada, "name", "Ada")
        draft.set("people", ada, "town", None)
        draft.set("people", ada, "phones", [PHONE, OTHER])
        draft.append("people", ada, "notes", "Has a van.")
        draft.press("events", ada, "others_here", 0)
    assert draft.changes.change is None
    assert all_changes(laptop) == before


def test_a_fault_in_the_midst_of_a_verb_saves_nothing(laptop: Store, ada: str) -> None:
    before = all_changes(laptop)

    def falter() -> None:
        with laptop.writing("edit_people") as draft:
            draft.set("people", ada, "name", "Bo")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        falter()
    assert all_changes(laptop) == before
    assert edited(laptop, ada, town="Alarka").values["town"] == "Alarka"


def test_a_list_keeps_the_elements_that_stay(laptop: Store, ada: str) -> None:
    before = laptop.get("people", ada)
    assert before is not None
    kept, gone = before.values["phones"]
    view = edited(laptop, ada, phones=[kept["value"], THIRD])
    assert view.values["phones"][0] == kept
    assert view.elements("phones") == [PHONE, THIRD]
    assert edited(laptop, ada, phones=[]).values["phones"] == []
    assert gone["id"]


def test_a_list_set_twice_in_one_draft_is_what_was_set_last(laptop: Store) -> None:
    with laptop.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada", "phones": [PHONE]})
        draft.set("people", record, "phones", [PHONE, OTHER])
        assert draft.elements(record, "phones") == [PHONE, OTHER]
    view = laptop.get("people", record)
    assert view is not None
    assert view.elements("phones") == [PHONE, OTHER]


def test_the_same_value_twice_in_a_list_is_one_element(laptop: Store) -> None:
    with laptop.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada", "phones": [PHONE, PHONE]})
    view = laptop.get("people", record)
    assert view is not None
    assert view.elements("phones") == [PHONE]
    assert (
        len([write for change in all_changes(laptop) for write in change.writes if write.slot.field == "phones"]) == 1
    )


def test_an_element_that_two_laptops_added_goes_with_its_twin(laptops: list[Store]) -> None:
    one, other, _ = laptops
    with one.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada"})
    other.apply(all_changes(one))
    for store in (one, other):
        edited(store, record, phones=[PHONE])
    one.apply(all_changes(other))
    view = one.get("people", record)
    assert view is not None
    [shown] = view.values["phones"]
    assert one.decisions() == []
    with one.writing("edit_people") as draft:
        draft.change("people", record, "phones", shown["id"], OTHER)
    assert edited(one, record).elements("phones") == [OTHER]
    with one.writing("edit_people") as draft:
        draft.change("people", record, "phones", shown["id"], None)
    assert edited(one, record).elements("phones") == []


def test_a_text_that_is_never_altered_takes_only_what_is_new(laptop: Store, ada: str) -> None:
    assert edited(laptop, ada, notes="Has a van.\nKnows the ferry.").values["notes"] == "Has a van.\nKnows the ferry."
    assert edited(laptop, ada, notes="Has a van.\nKnows the ferry.").values["notes"] == "Has a van.\nKnows the ferry."
    assert edited(laptop, ada, notes="Speaks Cherokee.").values["notes"].endswith("\nSpeaks Cherokee.")
    assert edited(laptop, ada, notes=None).values["notes"].startswith("Has a van.")
    assert [
        write.value for change in all_changes(laptop) for write in change.writes if write.slot.field == "notes"
    ] == [
        "Has a van.",
        "Knows the ferry.",
        "Speaks Cherokee.",
    ]


def test_a_tally_set_is_a_press_of_the_difference(laptop: Store) -> None:
    with laptop.writing("make_events") as draft:
        event = draft.new("events", {"name": "Fair", "others_here": 3})
        draft.set("events", event, "others_here", 5)
    with laptop.writing("edit_events") as draft:
        draft.set("events", event, "others_here", 4)
        draft.press("events", event, "others_here", 2)
    view = laptop.get("events", event)
    assert view is not None
    assert view.values["others_here"] == 6
    presses = [w.value for c in all_changes(laptop) for w in c.writes if w.slot.field == "others_here"]
    assert presses == [3, 2, -1, 2]


def test_each_write_names_all_it_saw_and_has_a_salt_of_its_own(laptop: Store, ada: str) -> None:
    [before] = [each for each in laptop.standing([ada])[ada] if each.write.slot.field == "name"]
    edited(laptop, ada, name="Ada Crowe")
    writes = [write for change in all_changes(laptop) if change.author == laptop.worker for write in change.writes]
    assert writes[-1].replaces == (before.write.id,)
    salts = [write.salt for write in writes]
    assert len(set(salts)) == len(salts)
    assert all(len(salt) == 16 for salt in salts)


def test_numbers_run_on_without_holes_and_a_new_opening_is_a_new_run(laptop: Store, ada: str) -> None:
    edited(laptop, ada, name="A", town="B")
    own = [change for change in all_changes(laptop) if change.device == laptop.device]
    reached = 0
    for change in own:
        assert change.id.number == reached + 1
        assert [write.id.number for write in change.writes] == list(range(reached + 2, change.last + 1))
        reached = change.last
    assert len({change.id.run for change in own}) == 1


def test_an_event_gets_a_code_that_is_free_and_can_be_read_aloud(laptop: Store) -> None:
    with laptop.writing("make_events") as draft:
        one, other = (draft.new("events", {"name": name}) for name in ("Fair", "Clinic"))
    views = laptop.many("events", [one, other])
    assert len({view.code for view in views}) == 2
    assert all(view.code == view.values["short_code"] == read_code(view.code) for view in views)


def test_a_record_with_an_id_that_follows_from_something_replaces_what_it_said(laptop: Store, ada: str) -> None:
    with laptop.writing("note") as draft:
        draft.new("people", {"name": "Bo"}, ada)
    view = laptop.get("people", ada)
    assert view is not None
    assert (view.title, view.to_decide) == ("Bo", 0)


def test_what_is_written_to_one_of_several_that_stand_as_one_is_written_to_all(laptop: Store, ada: str) -> None:
    with laptop.writing("make_people") as draft:
        other = draft.new("people", {"name": "Ada Crowe"})
    join(laptop, "people", ada, other)
    edited(laptop, other, town="Alarka")
    with laptop.writing("edit_people") as draft:
        element = draft.add("people", ada, "emails", "ada@example.org")
        draft.append("people", other, "notes", "Speaks Cherokee.")
    one, two = laptop.many("people", sorted((ada, other)))
    assert one.values == two.values
    assert two.stands_under == one.id
    assert one.values["emails"] == [{"id": element, "value": "ada@example.org"}]
    with laptop.writing("delete") as draft:
        draft.delete("people", other)
    assert laptop.count("people") == 0
    with laptop.writing("bring_back") as draft:
        draft.bring_back("people", ada)
    assert [view.id for view in laptop.list("people")] == [one.id]
    assert laptop.check().healthy


def test_settling_replaces_everything_that_stands(laptops: list[Store]) -> None:
    one, two, three = laptops
    with one.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada"})
    for store in (two, three):
        store.apply(all_changes(one))
    for store, name in ((one, "A"), (two, "B"), (three, "C")):
        with store.writing("edit_people") as draft:
            draft.set("people", record, "name", name)
    for store in (two, three):
        one.apply(all_changes(store))
    slot = Slot("people", record, "name")
    with one.writing("decide") as draft:
        assert len(draft.standing(slot)) == 3
        draft.settle(slot, "B")
    assert [each.write.value for each in one.standing([record])[record] if each.write.slot == slot] == ["B"]
    assert one.decisions() == []


def test_what_a_field_holds_is_not_looked_for_among_all_that_a_draft_wrote(laptop: Store) -> None:
    """Each list of each record was once looked for among those of all others: a table of thousands took hours."""

    class Watched(dict[Any, Any]):
        looks = 0

        def values(self) -> Any:
            self.looks += 1
            return super().values()

        items = values

    with laptop.writing("import") as draft:
        draft._writes = watched = Watched()
        for number in range(20):
            ada = draft.new("people", {"name": f"Ada {number}", "phones": [PHONE], "notes": "Has a van."})
            draft.set("people", ada, "phones", [PHONE, OTHER])
        looks = watched.looks
    assert looks == 0
    view = laptop.get("people", ada)
    assert view is not None
    assert view.elements("phones") == [PHONE, OTHER]
