"""Undo of any change restores exactly what stood; undone once more, it is done again."""

import random
from typing import Any

import pytest

from outreach_app.journal.changes import WriteId
from outreach_app.journal.standing import frozen
from outreach_app.model.errors import NotFound
from outreach_app.operations.decisions import use
from outreach_app.store.stores import Store
from tests.helpers.doings import Doings
from tests.helpers.memories import all_changes


def stand(store: Store) -> dict[tuple[Any, ...], list[Any]]:
    """What stands in every slot of every record, whoever wrote it; what is empty is not told."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    records = {write.slot.record for change in all_changes(store) for write in change.writes}
    for writes in store.standing(records).values():
        for each in writes:
            if each.write.value not in (None, 0) or each.write.value is False:
                found.setdefault(each.write.slot, []).append(frozen(each.write.value))
    return {slot: sorted(set(values), key=repr) for slot, values in found.items()}


def shown(store: Store) -> dict[str, Any]:
    """What people see of every record: values, titles, what stands under what, what is found."""
    views = [view for kind in store.registry for view in store.everything(kind) if view.shown]
    found = {view.id: (view.title, view.stands_under, view.to_decide, _filled(view.values)) for view in views}
    return {**found, "search": sorted(each.id for word in ("a", "fire", "828") for each in store.find(word, limit=500))}


def _filled(values: Any) -> dict[str, Any]:
    """Fields with something in them; an element keeps its id."""
    return {name: value for name, value in values.items() if value not in (None, [], 0) or value is False}


@pytest.mark.parametrize("seed", range(8))
def test_undo_of_any_change_restores_exactly_what_stood(laptops: list[Store], seed: int) -> None:
    dice = random.Random(seed)
    ada, ben, _ = laptops
    both = Doings(ada, dice), Doings(ben, dice)
    for _ in range(25):
        dice.choice(both).something()
    ada.apply(all_changes(ben))
    checked = 0
    for _ in range(14):
        before = stand(ada), shown(ada)
        change = both[0].something()
        if change is None:
            continue
        after = stand(ada), shown(ada)
        undone = ada.undo(change)
        assert undone.left_alone == ()
        assert stand(ada) == before[0]
        assert shown(ada) == before[1]
        assert undone.change is not None
        again = ada.undo(undone.change)
        assert stand(ada) == after[0]
        assert shown(ada) == after[1]
        assert again.change is not None
        if dice.random() < 0.5:
            ada.undo(again.change)
            assert (stand(ada), shown(ada)) == before
        checked += 1
    assert checked > 5
    assert ada.check().healthy


def test_what_others_wrote_since_is_left_alone_and_named(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    with ada.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada", "town": "Alarka"})
    made = draft.changes.change
    ben.apply(all_changes(ada))
    with ben.writing("edit_people") as draft:
        draft.set("people", record, "name", "Bo")
    ada.apply(all_changes(ben))
    assert made is not None
    done = ada.undo(made)
    assert [slot.field for slot in done.left_alone] == ["name"]
    view = ada.get("people", record)
    assert view is not None
    assert (view.values["name"], view.values["town"]) == ("Bo", None)


def test_undoing_a_decision_gives_it_back_to_decide(laptops: list[Store]) -> None:
    ada, ben, _ = laptops
    with ada.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada"})
    ben.apply(all_changes(ada))
    for store, town in ((ada, "Alarka"), (ben, "Cherokee")):
        with store.writing("edit_people") as draft:
            draft.set("people", record, "town", town)
    ada.apply(all_changes(ben))
    [decision] = ada.decisions()
    assert {option.value for option in decision.options} == {"Alarka", "Cherokee"}
    change = use(ada, decision, "Alarka").change
    assert ada.decisions() == []
    assert change is not None
    ada.undo(change)
    [again] = ada.decisions()
    assert {option.value for option in again.options} == {"Alarka", "Cherokee"}


def test_a_change_that_is_not_here_cannot_be_undone_here(laptop: Store) -> None:
    before = all_changes(laptop)
    with pytest.raises(NotFound, match="not on this laptop"):
        laptop.undo(WriteId(b"x" * 16, 1))
    assert all_changes(laptop) == before


@pytest.mark.parametrize("seed", range(8))
def test_undoing_one_change_after_another_goes_all_the_way_back(laptops: list[Store], seed: int) -> None:
    dice = random.Random(seed)
    ada, ben, _ = laptops
    doings = Doings(ada, dice)
    before, changes = [], []
    for _ in range(25):
        was = stand(ada), shown(ada)
        change = doings.something()
        if change is not None:
            before.append(was)
            changes.append(change)
    ben.apply(all_changes(ada))
    for was, change in zip(reversed(before), reversed(changes), strict=True):
        assert ada.undo(change).left_alone == ()
        assert (stand(ada), shown(ada)) == was
    for change in reversed(changes):  # another laptop undoes the same, and that is once
        ben.undo(change)
    ada.apply(all_changes(ben))
    assert (stand(ada), shown(ada)) == before[0]
    assert ada.check().healthy


def test_what_somebody_wrote_once_more_is_not_undone_with_what_they_wrote_before(laptop: Store) -> None:
    with laptop.writing("make_people") as draft:
        record = draft.new("people", {"name": "Ada"})
    first = draft.changes.change
    for name in ("Bo", "Ada"):
        with laptop.writing("edit_people") as draft:
            draft.set("people", record, "name", name)
    assert first is not None
    assert [slot.field for slot in laptop.undo(first).left_alone] == ["name"]
    view = laptop.get("people", record)
    assert view is not None
    assert view.values["name"] == "Ada"
