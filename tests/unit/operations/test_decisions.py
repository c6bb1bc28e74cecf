"""Joining and parting, using one value, keeping both, deleting after all: each settles, and each can be undone."""

import random
from typing import Any

import pytest

from outreach_app.model.errors import NotFound
from outreach_app.operations.decisions import delete_after_all, join, keep_after_all, keep_both, not_the_same, use
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.records import delete_record, edit_record, undo_last
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from tests.helpers.doings import send
from tests.helpers.memories import all_changes

PHONES = [{"number": f"828 555 01{number:02}"} for number in range(5)]


def make(store: Store, *people: dict[str, Any]) -> list[str]:
    """People, the older first."""
    made = []
    for values in people:
        with store.writing("make_people") as draft:
            made.append(draft.new("people", values))
    return made


def view(store: Store, record: str, kind: str = "people") -> View:
    found = store.get(kind, record)
    assert found is not None
    return found


def exchange(one: Store, other: Store) -> None:
    send(one, other, random.Random(0))
    send(other, one, random.Random(0))


@pytest.fixture
def differing(laptops: list[Store]) -> str:
    """A person whose town and one phone were changed on both laptops."""
    one, other = laptops
    [record] = make(one, {"name": "Ada", "phones": [PHONES[0]]})
    other.apply(all_changes(one))
    for store, town, phone in ((one, "Alarka", PHONES[1]), (other, "Cherokee", PHONES[2])):
        with store.writing("edit_people") as draft:
            draft.set("people", record, "town", town)
            draft.change("people", record, "phones", view(store, record).values["phones"][0]["id"], phone)
    exchange(one, other)
    return record


class TestValuesThatDiffer:
    def test_each_is_listed_once_with_all_that_was_written(self, laptops: list[Store], differing: str) -> None:
        for store in laptops:
            decisions = store.decisions()
            assert [(each.what, each.record, each.field) for each in decisions] == [
                ("conflict", differing, "phones"),
                ("conflict", differing, "town"),
            ]
            assert [option.value for option in decisions[1].options] == ["Cherokee", "Alarka"]
            assert [option.author for option in decisions[1].options] == ["Ben Squirrel", "Ada Crowe"]
            assert view(store, differing).values["town"] == "Cherokee"
            assert view(store, differing).to_decide == 2
            assert store.decision_counts() == {"conflicts": 2, "duplicates": 0, "notices": 0}

    @pytest.mark.parametrize("value", ["Cherokee", "Alarka", "Bryson City", None])
    def test_using_one_settles_it_everywhere(self, laptops: list[Store], differing: str, value: str | None) -> None:
        one, other = laptops
        use(one, one.decisions()[1], value)
        exchange(one, other)
        for store in laptops:
            assert [each.field for each in store.decisions()] == ["phones"]
            assert view(store, differing).values["town"] == value
        undo_last(one)
        assert len(one.decisions()) == 2

    def test_an_answer_that_is_undone_names_who_wrote_each_again(self, laptops: list[Store], differing: str) -> None:
        one, other = laptops
        before = one.decisions()
        assert len({each.author for decision in before for each in decision.options}) == 2
        for decision in before:
            use(other, other.decisions()[0], decision.options[1].value)
            exchange(one, other)
        for _decision in before:
            undo_last(other)
        exchange(one, other)
        for store in laptops:
            told = [sorted(each.options, key=repr) for each in store.decisions()]
            assert told == [sorted(each.options, key=repr) for each in before]
            undone = [line for line in store.history("people", differing) if line.undone]
            assert {(line.author, line.field) for line in undone} == {
                ("Ben Squirrel", "town"),
                ("Ben Squirrel", "phones"),
            }
            assert len(undone) == 4
        assert differing

    def test_two_who_settle_it_alike_have_settled_it_and_otherwise_it_is_asked_again(
        self, laptops: list[Store], differing: str
    ) -> None:
        one, other = laptops
        for store in laptops:
            use(store, store.decisions()[1], "Alarka")
            use(store, store.decisions()[0], PHONES[1] if store is one else PHONES[2])
        exchange(one, other)
        assert [each.field for each in one.decisions()] == ["phones"]
        assert view(one, differing).values["town"] == "Alarka"

    def test_both_phones_are_kept_as_two(self, laptops: list[Store], differing: str) -> None:
        one, other = laptops
        keep_both(one, one.decisions()[0])
        exchange(one, other)
        for store in laptops:
            assert sorted(each["number"] for each in view(store, differing).elements("phones")) == [
                PHONES[1]["number"],
                PHONES[2]["number"],
            ]
            assert [each.field for each in store.decisions()] == ["town"]


class TestDeletedBesideAnEdit:
    @pytest.fixture
    def decision(self, laptops: list[Store]) -> str:
        one, other = laptops
        [record] = make(one, {"name": "Ada"})
        other.apply(all_changes(one))
        delete_record(one, "people", record)
        edit_record(other, "people", record, {"town": "Cherokee"})
        assert one.count("people") == 0
        exchange(one, other)
        return record

    def test_it_is_shown_whole_and_asked_about(self, laptops: list[Store], decision: str) -> None:
        for store in laptops:
            assert view(store, decision).values["town"] == "Cherokee"
            assert store.count("people") == 1
            assert [each.what for each in store.decisions()] == ["deletion"]

    def test_kept_after_all(self, laptops: list[Store], decision: str) -> None:
        one, other = laptops
        keep_after_all(one, one.decisions()[0])
        exchange(one, other)
        for store in laptops:
            assert store.decisions() == []
            assert store.count("people") == 1
        undo_last(one)
        assert [each.what for each in one.decisions()] == ["deletion"]
        assert decision

    def test_deleted_after_all(self, laptops: list[Store], decision: str) -> None:
        one, other = laptops
        delete_after_all(other, other.decisions()[0])
        exchange(one, other)
        for store in laptops:
            assert store.decisions() == []
            assert store.count("people") == 0
        assert decision


class TestJoin:
    def test_the_older_s_values_are_taken_where_it_has_any_and_lists_come_together(self, laptop: Store) -> None:
        one, other = sorted(
            make(laptop, {"name": "Ada", "phones": [PHONES[0], PHONES[1]], "notes": "Van."}, {"name": "Ada C."})
        )
        edit_record(laptop, "people", other, {"town": "Alarka", "zip": "28713", "phones": [PHONES[1], PHONES[2]]})
        edit_record(laptop, "people", other, {"notes": "Ferry."})
        edit_record(laptop, "people", one, {"zip": "28719"})
        before = [view(laptop, each).values for each in (one, other)]
        join(laptop, "people", other, one)
        [both] = laptop.list("people")
        assert both.id == one
        assert (both.values["town"], both.values["zip"]) == ("Alarka", "28719")
        assert both.elements("phones") == PHONES[:3]
        assert sorted(both.values["notes"].split("\n")) == ["Ferry.", "Van."]
        ids = [[element["id"] for element in view(laptop, each).values["phones"]] for each in (one, other)]
        assert ids[0] == ids[1]
        assert laptop.decisions() == []
        undo_last(laptop)
        assert [_filled(view(laptop, each).values) for each in (one, other)] == [_filled(values) for values in before]
        assert laptop.count("people") == 2
        assert laptop.check().healthy

    def test_a_person_chooses_what_to_keep(self, laptop: Store) -> None:
        one, other = make(laptop, {"name": "Ada", "town": "Alarka"}, {"name": "Adah", "town": "Cherokee"})
        join(laptop, "people", one, other, {"name": "Adah Crowe", "town": None})
        [both] = laptop.list("people")
        assert (both.title, both.values["town"]) == ("Adah Crowe", None)
        assert view(laptop, other).values["name"] == "Adah Crowe"

    def test_texts_that_both_say_are_said_once(self, laptop: Store) -> None:
        one, other = make(laptop, {"name": "A", "notes": "Van."}, {"name": "A", "notes": "Van."})
        edit_record(laptop, "people", one, {"notes": "Ferry."})
        join(laptop, "people", one, other)
        for record in (one, other):
            assert sorted(view(laptop, record).values["notes"].split("\n")) == ["Ferry.", "Van."]

    def test_after_a_join_an_edited_phone_is_one_phone(self, laptop: Store) -> None:
        one, other = make(laptop, {"name": "A", "phones": [PHONES[0]]}, {"name": "A", "phones": [PHONES[0]]})
        join(laptop, "people", one, other)
        [both] = laptop.list("people")
        edit_record(laptop, "people", both.id, {"phones": [PHONES[3]]})
        for record in (one, other):
            assert view(laptop, record).elements("phones") == [PHONES[3]]
        assert laptop.decisions() == []

    def test_what_is_not_there_cannot_be_joined(self, laptop: Store) -> None:
        [one] = make(laptop, {"name": "A"})
        before = all_changes(laptop)
        for verb in (join, not_the_same):
            for other in (one, "01a200d0-8bea-77c6-b31b-f44dd6ccbdeb"):
                with pytest.raises(NotFound, match="no longer there"):
                    verb(laptop, "people", one, other)
        assert all_changes(laptop) == before


class TestDuplicates:
    @pytest.fixture
    def pair(self, laptop: Store) -> list[str]:
        made = make(
            laptop,
            {"name": "Adelaide Crowe", "phones": [PHONES[0]], "town": "Alarka"},
            {"name": "Adelaide Crowe", "phones": [PHONES[0]], "town": "Alarka"},
            {"name": "Ben Squirrel", "phones": [PHONES[1]]},
        )
        assert look_for_duplicates(laptop)["people"] == 1
        return made[:2]

    def test_they_are_found_and_asked_about_once(self, laptop: Store, pair: list[str]) -> None:
        [decision] = laptop.decisions()
        assert decision.what == "duplicate"
        assert {decision.record, decision.other} == set(pair)
        assert decision.title == decision.other_title == "Adelaide Crowe"
        assert decision.why
        assert 0 < decision.score <= 1000 * 100
        look_for_duplicates(laptop)
        assert laptop.decision_counts() == {"conflicts": 0, "duplicates": 1, "notices": 0}

    @pytest.mark.parametrize("verdict", [join, not_the_same])
    def test_a_verdict_is_remembered_and_undoing_it_asks_again(
        self, laptops: list[Store], pair: list[str], verdict: Any
    ) -> None:
        one, other = laptops
        verdict(one, "people", *pair)
        assert one.decisions() == []
        look_for_duplicates(one)
        assert one.decision_counts() == {"conflicts": 0, "duplicates": 0, "notices": 0}
        other.apply(all_changes(one))
        look_for_duplicates(other)
        assert other.decisions() == []
        undo_last(one)
        assert [each.what for each in one.decisions()] == ["duplicate"]

    def test_a_verdict_from_elsewhere_counts_here(self, laptops: list[Store], pair: list[str]) -> None:
        one, other = laptops
        other.apply(all_changes(one))
        look_for_duplicates(other)
        not_the_same(other, "people", *pair)
        one.apply(all_changes(other))
        assert one.decisions() == []
        assert one.decision_counts()["duplicates"] == 0

    def test_of_one_that_was_deleted_nothing_is_asked(self, laptop: Store, pair: list[str]) -> None:
        delete_record(laptop, "people", pair[0])
        assert laptop.decisions() == []
        assert laptop.decision_counts()["duplicates"] == 0

    def test_sign_ins_of_one_person_at_one_event(self, laptop: Store, event: str, pair: list[str]) -> None:
        with laptop.writing("sign_in") as draft:
            for person in (pair[0], pair[1]):
                draft.new("sign_ins", {"event": event, "person": person, "name_as_written": "A. Crowe"})
        join(laptop, "people", *pair)
        assert look_for_duplicates(laptop)["sign_ins"] == 1
        [decision] = laptop.decisions()
        join(laptop, "sign_ins", decision.record, decision.other)
        assert laptop.count("sign_ins") == 1
        assert laptop.decisions() == []


def _filled(values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [])}
