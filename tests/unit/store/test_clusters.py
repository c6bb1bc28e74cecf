"""All that *same* links connect stand as one, on every laptop, whatever arrived first; none vanishes behind another."""

import itertools
import random

import pytest

from outreach_app.operations.decisions import join, keep_after_all, not_the_same, use
from outreach_app.operations.records import delete_record, edit_record
from outreach_app.store.clusters import link_id, members, together
from outreach_app.store.stores import Store
from tests.helpers.doings import send
from tests.helpers.memories import all_changes, all_shown


def people(store: Store, *names: str) -> list[str]:
    with store.writing("make_people") as draft:
        return [draft.new("people", {"name": name}) for name in names]


def heads(store: Store) -> dict[str, str | None]:
    return {view.title: view.stands_under for view in store.everything("people")}


def listed(store: Store) -> list[str]:
    return [view.id for view in store.list("people")]


def exchange(*stores: Store) -> None:
    for one, other in itertools.permutations(stores, 2):
        send(one, other, random.Random(0))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_chain_of_joins_stands_under_the_oldest_whatever_the_order(laptop: Store, order: tuple[int, ...]) -> None:
    made = sorted(people(laptop, "A", "B", "C", "D"))
    links = [(made[0], made[1]), (made[2], made[3]), (made[1], made[2])]
    for at in order:
        join(laptop, "people", *links[at])
    assert listed(laptop) == [made[0]]
    with laptop.reading() as connection:
        for record in made:
            assert members(connection, "people", record) == made
    assert laptop.check().healthy


def test_what_stands_together_is_found_from_any_of_it(laptop: Store) -> None:
    made = sorted(people(laptop, "A", "B", "C", "D", "E"))
    join(laptop, "people", made[0], made[1])
    join(laptop, "people", made[1], made[2])
    with laptop.reading() as connection:
        assert together(connection, "people", [made[2]]) == {*made[:3]}
        assert together(connection, "people", [made[0], made[3]]) == {*made[:4]}
        assert together(connection, "people", []) == set()


def test_undoing_the_middle_join_parts_them_again(laptop: Store) -> None:
    made = sorted(people(laptop, "A", "B", "C"))
    join(laptop, "people", made[0], made[1])
    change = join(laptop, "people", made[1], made[2]).change
    assert change is not None
    laptop.undo(change)
    assert sorted(listed(laptop)) == [made[0], made[2]]
    assert laptop.check().healthy


def test_a_link_and_its_records_may_arrive_in_any_order(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    [one] = people(ada, "A")
    ben.apply(all_changes(ada))
    [other] = people(ben, "B")
    ada.apply(all_changes(ben))
    join(ada, "people", one, other)
    by = {name: [change for change in all_changes(ada) if change.author == name] for name in (ada.worker, ben.worker)}
    late = laptops[2]
    late.apply(by[ben.worker])
    assert listed(late) == [other]
    late.apply(by[ada.worker])
    assert listed(late) == [min(one, other)]
    assert all_shown(late) == all_shown(ada)
    assert late.check().healthy


def test_none_vanishes_behind_one_that_has_not_arrived(laptops: list[Store]) -> None:
    ada, ben, cora = laptops
    [older] = people(ada, "A")
    [younger] = people(ben, "B")
    ben.apply(all_changes(ada))
    join(ben, "people", older, younger)
    assert listed(ben) == [older]
    theirs = [change for change in all_changes(ben) if change.author == ben.worker]
    cora.apply(theirs[:1] + theirs[1:])
    assert len(listed(cora)) == 1
    cora.apply(all_changes(ada))
    assert listed(cora) == [older]
    assert cora.check().healthy


def test_none_vanishes_behind_one_that_somebody_else_deleted(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    older, younger = sorted(people(ada, "A", "A"))
    ben.apply(all_changes(ada))
    join(ada, "people", older, younger)
    delete_record(ben, "people", older)
    exchange(ada, ben)
    for store in (ada, ben):
        assert listed(store) == [younger]
        assert store.check().healthy
    with ada.writing("bring_back") as draft:
        draft.bring_back("people", older)
    exchange(ada, ben)
    for store in (ada, ben):
        assert listed(store) == [older]
        assert store.check().healthy


def test_a_verdict_is_one_link_that_later_verdicts_replace(laptop: Store) -> None:
    one, other = people(laptop, "A", "B")
    not_the_same(laptop, "people", one, other)
    join(laptop, "people", other, one)
    not_the_same(laptop, "people", one, other)
    join(laptop, "people", one, other)
    link = laptop.get("links", link_id(one, other))
    assert link is not None
    assert (link.values["says"], link.to_decide) == ("same", 0)
    assert laptop.count("links") == 1
    assert laptop.decisions() == []
    assert listed(laptop) == [min(one, other)]


class TestComeToDiffer:
    """Somebody who did not know of the join went on writing in one of them alone."""

    @pytest.fixture
    def joined(self, laptops: list[Store]) -> tuple[str, str]:
        ada, ben, _ = laptops
        older, younger = sorted(people(ada, "A", "A"))
        ben.apply(all_changes(ada))
        join(ada, "people", older, younger)
        return older, younger

    def test_a_field_is_to_be_decided_once_under_the_head(self, laptops: list[Store], joined: tuple[str, str]) -> None:
        ada, ben, _ = laptops
        older, younger = joined
        edit_record(ben, "people", younger, {"town": "Cherokee"})
        edit_record(ada, "people", older, {"town": "Alarka"})
        exchange(ada, ben)
        for store in (ada, ben):
            [decision] = store.decisions()
            assert (decision.what, decision.record, decision.field) == ("conflict", older, "town")
            assert [option.value for option in decision.options] == ["Alarka", "Cherokee"]
            assert store.decision_counts() == {"conflicts": 1, "duplicates": 0, "notices": 0}
        use(ada, ada.decisions()[0], "Cherokee")
        exchange(ada, ben)
        for store in (ada, ben):
            assert store.decisions() == []
            assert {view.values["town"] for view in store.everything("people")} == {"Cherokee"}

    def test_what_only_one_of_them_says_is_asked_about(self, laptops: list[Store], joined: tuple[str, str]) -> None:
        ada, ben, _ = laptops
        older, younger = joined
        phone = {"number": "828 555 0101"}
        edit_record(ben, "people", younger, {"town": "Cherokee", "phones": [phone]})
        exchange(ada, ben)
        decisions = {decision.field: decision for decision in ada.decisions()}
        assert [option.value for option in decisions["town"].options] == ["Cherokee", None]
        assert decisions["phones"].options[0].value == phone
        use(ada, decisions["phones"], phone)
        use(ada, decisions["town"], None)
        view = ada.get("people", older)
        assert view is not None
        assert (view.elements("phones"), view.values["town"]) == ([phone], None)
        assert ada.decisions() == []

    def test_an_open_question_of_one_of_them_is_asked_under_the_head(
        self, laptops: list[Store], joined: tuple[str, str]
    ) -> None:
        ada, ben, _ = laptops
        older, younger = joined
        edit_record(ada, "people", older, {"town": "Alarka"})
        edit_record(ben, "people", younger, {"town": "Cherokee"})
        delete_record(ben, "people", younger)
        exchange(ada, ben)
        found = ada.decisions()
        assert {decision.record for decision in found} == {older}
        for decision in [each for each in found if each.what == "deletion"]:
            keep_after_all(ada, decision)
        for decision in ada.decisions():
            use(ada, decision, "Alarka")
        assert ada.decisions() == []
        assert listed(ada) == [older]
        assert ada.check().healthy
