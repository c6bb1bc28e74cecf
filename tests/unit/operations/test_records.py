"""Making, changing, deleting and bringing back any record; undoing the last thing that was done."""

import pytest

from outreach_app.model.codes import spaced
from outreach_app.model.edits import ListEdit, Pressed
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.operations.decisions import join
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import (
    bring_back,
    delete_record,
    edit_record,
    make_record,
    record_by_code,
    undo,
    undo_last,
)
from outreach_app.operations.typing_in import referred, typed_values
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.memories import all_changes


def view(store: Store, kind: str, record: str) -> View:
    found = store.get(kind, record)
    assert found is not None
    return found


def test_what_is_required_must_be_there(laptop: Store) -> None:
    before = all_changes(laptop)
    for values in ({}, {"name": ""}, {"name": None, "town": "Alarka"}):
        with pytest.raises(BadInput, match="Name is missing"):
            make_record(laptop, "people", values)
    assert all_changes(laptop) == before


def test_an_edit_writes_only_what_is_new(laptop: Store) -> None:
    record, _ = make_record(laptop, "people", {"name": "Ada", "town": "Alarka"}, source="paper")
    assert edit_record(laptop, "people", record, {"name": "Ada", "town": "Alarka"}).change is None
    change = edit_record(laptop, "people", record, {"name": "Ada Crowe", "town": "Alarka"})
    assert change.records == {"people": frozenset({record})}
    assert [write.slot.field for write in laptop.recent(1)[0].writes] == ["name"]
    assert view(laptop, "people", record).source == "paper"


def test_edits_of_elements_and_tallies_leave_those_of_others_alone(laptops: list[Store]) -> None:
    ada, ben = laptops
    record, _ = make_record(ada, "people", {"name": "Ada", "emails": ["a@x.org", "b@x.org"]})
    event, _ = make_record(ada, "events", {"name": "Fair", "others_here": 1})
    ben.apply(all_changes(ada))
    first, second = (element["id"] for element in view(ada, "people", record).values["emails"])
    edit_record(ada, "people", record, {"emails": ListEdit({first: "aa@x.org"}, ("c@x.org",))})
    edit_record(ben, "people", record, {"emails": ListEdit({second: None})})
    edit_record(ada, "events", event, {"others_here": Pressed(2)})
    edit_record(ben, "events", event, {"others_here": Pressed(4)})
    ada.apply(all_changes(ben))
    assert view(ada, "people", record).elements("emails") == ["aa@x.org", "c@x.org"]
    assert view(ada, "events", event).values["others_here"] == 7
    assert ada.decisions() == []


def test_deleted_and_brought_back(laptop: Store) -> None:
    record, _ = make_record(laptop, "people", {"name": "Ada"})
    delete_record(laptop, "people", record)
    assert laptop.count("people") == 0
    assert not view(laptop, "people", record).shown
    bring_back(laptop, "people", record)
    assert laptop.count("people") == 1


def test_what_is_not_there_cannot_be_changed(laptop: Store) -> None:
    before = all_changes(laptop)
    for verb in (delete_record, bring_back, lambda *where: edit_record(*where, {"name": "Bo"})):
        with pytest.raises(NotFound, match="no longer there"):
            verb(laptop, "people", "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb")
    assert all_changes(laptop) == before


class TestUndoLast:
    def test_one_after_the_other_until_nothing_is_left(self, laptop: Store) -> None:
        for name in ("Ada", "Bo"):
            make_record(laptop, "people", {"name": name})
        for left in (["Ada"], []):
            assert undo_last(laptop) is not None
            assert [each.title for each in laptop.list("people")] == left
        assert undo_last(laptop) is None

    def test_it_is_this_laptop_s_own(self, laptops: list[Store]) -> None:
        ada, ben = laptops
        make_record(ada, "people", {"name": "Ada"})
        make_record(ben, "people", {"name": "Bo"})
        ada.apply(all_changes(ben))
        undo_last(ada)
        assert [each.title for each in ada.list("people")] == ["Bo"]
        assert undo_last(ada) is None

    def test_an_undo_is_undone_by_its_own_name(self, laptop: Store) -> None:
        make_record(laptop, "people", {"name": "Ada"})
        done = undo_last(laptop)
        assert done is not None
        assert done.change is not None
        undo(laptop, done.change)
        assert laptop.count("people") == 1

    def test_far_back_behind_many_that_were_undone(self, laptop: Store) -> None:
        make_record(laptop, "people", {"name": "Ada"})
        for number in range(110):
            change = edit_record(laptop, "people", laptop.list("people")[0].id, {"town": f"Town {number}"}).change
            assert change is not None
            undo(laptop, change)
        undo_last(laptop)
        assert laptop.count("people") == 0


class TestNaming:
    def test_by_code_however_it_is_typed(self, laptop: Store) -> None:
        event, _ = plan_event(laptop, {"name": "Fair"})
        code = view(laptop, "events", event).code
        for typed in (code, code.lower(), spaced(code), f" {spaced(code)} "):
            assert record_by_code(laptop, "events", typed).id == event
        for wrong in ("", "no code", code[:-1] + ("X" if code[-1] != "X" else "Y")):
            with pytest.raises(NotFound, match="No event has the code"):
                record_by_code(laptop, "events", wrong)

    def test_a_text_means_a_record_by_code_id_or_a_name_that_only_it_has(self, laptop: Store) -> None:
        one, _ = make_record(laptop, "people", {"name": "Ada Crowe"})
        assert referred(laptop, "people", view(laptop, "people", one).code) == one
        assert referred(laptop, "people", one) == one
        assert referred(laptop, "people", " ada crowe ") == one
        assert referred(laptop, "people", "Adá Crowe") == one
        assert referred(laptop, "people", "Ada") is None
        two, _ = make_record(laptop, "people", {"name": "ADA CROWE"})
        assert referred(laptop, "people", "Ada Crowe") is None
        join(laptop, "people", one, two)
        assert referred(laptop, "people", "Ada Crowe") == min(one, two)

    def test_what_is_typed_becomes_values(self, laptop: Store) -> None:
        person, _ = make_record(laptop, "people", {"name": "Ada Crowe"})
        typed = typed_values(
            laptop, "people", {"name": "Bo", "phones": "828 555 0101; 828 555 0102", "county": "37173"}
        )
        assert typed["name"] == "Bo"
        assert [phone["number"] for phone in typed["phones"]] == ["828 555 0101", "828 555 0102"]
        assert typed["county"] == "37173"
        assert typed_values(laptop, "sign_ins", {"person": "Ada Crowe"}) == {"person": person}
        with pytest.raises(BadInput, match="no field called shoe_size"):
            typed_values(laptop, "people", {"shoe_size": "9"})
        with pytest.raises(BadInput):
            typed_values(laptop, "sign_ins", {"person": "Nobody Known"})


def test_whether_an_event_is_rural_is_suggested_and_never_decided_by_its_county(laptop: Store) -> None:
    def rural(**values: object) -> object:
        return view(laptop, "events", plan_event(laptop, {"name": "Fair", **values})[0]).values["rural"]

    assert rural(county="37173") is True
    assert rural(county="37119") is False
    assert rural(county="37119", rural=True) is True
    assert rural() is None
    assert view(laptop, "events", plan_event(laptop, {"name": "Fair"})[0]).values["status"] == "planned"
