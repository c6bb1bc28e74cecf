"""Each decision is one person's, listed once, put off at one laptop alone; settled anywhere, settled everywhere."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.journal.clock import DAY, Clock
from outreach_app.model.errors import BadInput
from outreach_app.operations.decisions import hand_over, later, take_up, use
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from tests.helpers.doings import Doings
from tests.helpers.memories import all_changes, all_shown, memory

ADA, BEN, CORA = "Ada Crowe", "Ben Squirrel", "Cora Toineeta"


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = Clock().now()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def desks(time: Time) -> Iterator[list[Store]]:
    """A coordinator and two workers, of whom two have given one person another town."""
    with ExitStack() as held:
        stores = [held.enter_context(closing(memory(name, clock=Clock(lambda: time.now)))) for name in (ADA, BEN, CORA)]
        for worker in stores[1:]:
            worker.role = "worker"
        with stores[0].writing("make_people") as draft:
            record = draft.new("people", {"name": "Mae"})
        meet(stores)
        for store, town in zip(stores, ("Alarka", "Cherokee"), strict=False):
            with store.writing("edit_people") as draft:
                draft.set("people", record, "town", town)
        meet(stores)
        yield stores


def meet(stores: list[Store]) -> None:
    for one in stores:
        for other in stores:
            if one is not other:
                other.apply(all_changes(one))


def only(store: Store) -> Decision:
    [decision] = store.decisions()
    return decision


class TestOwner:
    def test_it_is_the_coordinator_s_and_others_see_that_it_waits(self, desks: list[Store]) -> None:
        assert [store.decides(only(store)) for store in desks] == [True, False, False]
        with pytest.raises(BadInput, match="A coordinator is to decide this"):
            use(desks[1], only(desks[1]), "Cherokee")
        with pytest.raises(BadInput, match="A coordinator is to decide this"):
            hand_over(desks[1], only(desks[1]), BEN)

    def test_handed_over_it_is_the_worker_s_on_every_laptop(self, desks: list[Store]) -> None:
        ada, ben, cora = desks
        hand_over(ada, only(ada), BEN)
        meet(desks)
        assert [only(store).handed_to for store in desks] == [BEN] * 3
        assert [store.decides(only(store)) for store in desks] == [False, True, False]
        with pytest.raises(BadInput, match="Ben Squirrel is to decide this"):
            use(ada, only(ada), "Alarka")
        hand_over(ben, only(ben), CORA)
        meet(desks)
        use(cora, only(cora), "Cherokee")
        meet(desks)
        assert [list(store.decisions()) for store in desks] == [[], [], []]

    def test_a_coordinator_takes_it_back(self, desks: list[Store]) -> None:
        ada, ben, _cora = desks
        hand_over(ada, only(ada), BEN)
        meet(desks)
        hand_over(ada, only(ada), "")
        meet(desks)
        assert (ada.decides(only(ada)), ben.decides(only(ben))) == (True, False)

    def test_handed_to_two_at_once_it_is_the_same_one_s_everywhere_and_asks_nothing_more(
        self, desks: list[Store], time: Time
    ) -> None:
        ada, ben, _cora = desks
        ben.role = "coordinator"
        hand_over(ada, only(ada), BEN)
        time.now += 1_000
        hand_over(ben, only(ben), CORA)
        meet(desks)
        assert {only(store).handed_to for store in desks} == {CORA}
        assert all(store.check().healthy for store in desks)


class TestLater:
    def test_put_off_it_comes_back_after_a_day_at_this_laptop_and_waits_on_at_others(
        self, desks: list[Store], time: Time
    ) -> None:
        ada, ben, _cora = desks
        decision = only(ada)
        later(ada, decision)
        assert list(ada.decisions()) == []
        assert ada.decision_counts()["conflicts"] == 0
        assert ada.decisions(also_put_off=True) == [replace(decision, put_off=True)]
        assert only(ben)
        time.now += DAY - 1
        assert list(ada.decisions()) == []
        time.now += 1
        assert only(ada) == decision
        assert ada.decision_counts()["conflicts"] == 1

    def test_it_comes_back_when_something_new_stands(self, desks: list[Store]) -> None:
        ada, ben, cora = desks
        decision = only(ada)
        later(ada, decision)
        with cora.writing("edit_people") as draft:
            draft.set("people", decision.record, "pronouns", "she")
        ada.apply(all_changes(cora))
        assert list(ada.decisions()) == []
        ben.undo(ben.recent(1)[0].id)
        ada.apply(all_changes(ben))
        assert {option.value for option in only(ada).options} == {"Alarka", None}

    def test_taken_up_it_waits_again_and_handing_it_over_does_not_bring_it_back(self, desks: list[Store]) -> None:
        ada = desks[0]
        decision = only(ada)
        later(ada, decision)
        hand_over(ada, decision, BEN)
        assert list(ada.decisions()) == []
        take_up(ada, decision)
        assert only(ada).handed_to == BEN


def apart_for_days(stores: list[Store], dice: random.Random) -> list[Doings]:
    """Three laptops that know the same few people go on without each other, then meet: there is much to decide."""
    everyone = [Doings(store, dice) for store in stores]
    for _ in range(4):
        everyone[0].person()
        everyone[0].event()
    meet(stores)
    for _ in range(36):
        one = dice.choice(everyone)
        dice.choice((one.something, one.move, one.note, one.phone, one.join, one.delete))()
    meet(stores)
    for store in stores:
        look_for_duplicates(store)
    return everyone


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_each_is_listed_once_and_settling_on_any_laptop_in_any_order_converges(seed: int) -> None:
    dice = random.Random(seed)
    with ExitStack() as held:
        stores = [held.enter_context(closing(memory(name))) for name in (ADA, BEN, CORA)]
        everyone = apart_for_days(stores, dice)
        for rounds in range(12):
            listed = [sorted(each.place for each in store.decisions()) for store in stores]
            assert listed[0] == listed[1] == listed[2]
            assert len(set(listed[0])) == len(listed[0])
            assert sum(stores[0].decision_counts().values()) == len(listed[0])
            if rounds < 4:  # each settles some of it, unaware of the others
                for one in everyone:
                    waiting = list(one.store.decisions())
                    for decision in dice.sample(waiting, min(len(waiting), 3)):
                        if decision in one.store.decisions():
                            one.settle(decision)
            else:  # then one of them all that is left; what follows from an answer is asked in turn
                one = dice.choice(everyone)
                for decision in one.store.decisions():
                    if decision in one.store.decisions():
                        one.settle(decision)
            meet(stores)
        shown = [all_shown(store) for store in stores]
        assert shown[1] == shown[0]
        assert shown[2] == shown[0]
        assert not stores[0].decisions()
        assert all(store.check().healthy for store in stores)


def test_days_apart_leave_every_sort_of_thing_to_decide() -> None:
    """What the test above stands on: were there nothing to settle, it would show nothing."""
    found: Counter[str] = Counter()
    for seed in range(8):
        with ExitStack() as held:
            stores = [held.enter_context(closing(memory(name))) for name in (ADA, BEN, CORA)]
            apart_for_days(stores, random.Random(seed))
            found.update("texts" if each.keeps_all else each.what for each in stores[0].decisions())
    assert found.keys() >= {"conflict", "deletion", "duplicate", "apart", "texts"}
