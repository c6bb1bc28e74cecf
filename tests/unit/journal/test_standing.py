"""What stands and what is shown: a function of sets, whatever the order they came in."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import (
    DELETED,
    RecordState,
    ShownCell,
    claimed,
    deletion,
    fold,
    frozen,
    heard,
    horizon_of,
    ready,
    saw,
    standing,
)
from outreach_app.model.fields import Rule, Value

RULES = {"name": Rule.VALUE, "phones": Rule.LIST, "here": Rule.TALLY, "notes": Rule.ONCE}
RUNS = (b"a" * 16, b"b" * 16)


def written(
    number: int,
    value: Value,
    field: str = "name",
    element: str = "",
    clock: int = 0,
    run: bytes = RUNS[0],
    **more: object,
) -> Stamped:
    replaces = more.get("replaces", ())
    write = Write(WriteId(run, number), Slot("people", "r", field, element), value, tuple(replaces))
    return Stamped(write, clock or number, "Ada", bytes(16), "live", None)


def shown(*writes: Stamped) -> RecordState:
    return fold(RULES, standing(writes, {}))


VALUES = st.sampled_from(["", "Ada", "Bo", 0, 1, True, False, None])
WRITES = st.lists(
    st.builds(
        written,
        number=st.integers(1, 30),
        value=VALUES,
        field=st.sampled_from([*RULES, "unheard_of", DELETED]),
        element=st.sampled_from(["", "e1", "e2"]),
        clock=st.integers(1, 5),
        run=st.sampled_from(RUNS),
    ),
    unique_by=lambda each: each.write.id,
    max_size=12,
).map(lambda writes: [each for each in writes if each.write.slot.field != DELETED or each.write.value is None])


@given(WRITES, st.sets(st.integers(1, 30)), st.randoms(use_true_random=False))
def test_what_is_shown_does_not_depend_on_the_order_things_came_in(
    writes: list[Stamped], gone: set[int], shuffle: random.Random
) -> None:
    for at, number in enumerate(sorted(gone)[: len(writes)]):
        each = writes[at]
        writes[at] = replace(each, write=replace(each.write, replaces=(WriteId(RUNS[0], number),)))
    first = shown(*writes)
    mixed = list(writes)
    shuffle.shuffle(mixed)
    assert shown(*mixed) == first


@given(WRITES)
def test_every_standing_write_is_shown_or_waits_for_a_person(writes: list[Stamped]) -> None:
    stand = standing(writes, {})
    state = fold(RULES, stand)
    for each in stand:
        slot, value = each.write.slot, each.write.value
        if RULES.get(slot.field, Rule.VALUE) is Rule.VALUE and slot.field != DELETED:
            latest = max(
                (w for w in stand if w.write.slot.field == slot.field),
                key=lambda w: (w.write.slot.element if slot.field in RULES else "", w.clock, w.write.id),
            )
            told = frozen(state.values[slot.field]) == frozen(value)
            waits = any(waiting.field == slot.field for waiting in state.undecided)
            assert told or waits or slot.field not in RULES
            assert frozen(state.values[slot.field]) == frozen(latest.write.value)


def test_several_that_agree_are_decided_and_several_that_differ_show_the_latest() -> None:
    agree = shown(written(1, "Ada"), written(2, "Ada", run=RUNS[1]))
    assert (agree.values, agree.undecided) == ({"name": "Ada"}, ())
    differ = shown(written(1, "Ada", clock=9), written(2, "Bo", clock=3, run=RUNS[1]))
    assert differ.values == {"name": "Ada"}
    assert differ.undecided == (Slot("people", "r", "name"),)


def test_yes_and_one_are_not_the_same_value() -> None:
    assert shown(written(1, True), written(2, 1, run=RUNS[1])).undecided
    assert frozen({"a": [True]}) != frozen({"a": [1]})
    assert frozen({"a": 1, "b": 2}) == frozen({"b": 2, "a": 1})


def test_an_emptied_field_stands_like_any_other_and_conflicts() -> None:
    state = shown(written(1, None, clock=2), written(2, "Bo", clock=1, run=RUNS[1]))
    assert state.values["name"] is None
    assert state.undecided


def test_elements_of_a_list_are_values_of_their_own() -> None:
    state = shown(
        written(1, "111", "phones", "e1"),
        written(2, "222", "phones", "e2"),
        written(3, "222x", "phones", "e2", run=RUNS[1]),
        written(4, None, "phones", "e3"),
    )
    assert state.values["phones"] == [{"id": "e1", "value": "111"}, {"id": "e2", "value": "222x"}]
    assert state.undecided == (Slot("people", "r", "phones", "e2"),)


def test_the_same_added_on_two_laptops_is_shown_once() -> None:
    twins = [written(1, "111", "phones", "e1"), written(2, "111", "phones", "e2", run=RUNS[1])]
    assert shown(*twins).values["phones"] == [{"id": "e1", "value": "111"}]
    assert shown(*twins).undecided == ()


def test_an_element_removed_on_one_laptop_and_changed_on_another_is_to_be_decided() -> None:
    first = written(1, "111", "phones", "e1")
    removed = written(2, None, "phones", "e1", clock=5, replaces=[first.write.id])
    changed = written(3, "333", "phones", "e1", clock=4, run=RUNS[1], replaces=[first.write.id])
    state = shown(first, removed, changed)
    assert state.values["phones"] == []
    assert state.undecided == (Slot("people", "r", "phones", "e1"),)


@given(st.lists(st.integers(-5, 40), max_size=10))
def test_a_tally_is_the_sum_of_the_presses_that_stand(presses: list[int]) -> None:
    state = shown(*(written(number, by, "here") for number, by in enumerate(presses, 1)))
    assert state.values.get("here", 0) == sum(presses)
    assert state.undecided == ()
    if presses:
        taken_back = written(99, None, "here", replaces=[WriteId(RUNS[0], 1)])
        fewer = shown(taken_back, *(written(number, by, "here") for number, by in enumerate(presses, 1)))
        assert fewer.values.get("here", 0) == sum(presses[1:])


def test_what_was_said_stays_first_and_what_came_later_stands_beside_it() -> None:
    state = shown(
        written(1, "The road floods.", "notes", clock=1),
        written(2, "Not since May.", "notes", clock=2, run=RUNS[1]),
        written(3, "The road floods.", "notes", clock=3),
        written(4, None, "notes", clock=4),
    )
    assert state.values["notes"] == "The road floods.\nNot since May."
    assert state.undecided == ()


def test_of_a_field_that_only_a_newer_program_knows_the_latest_is_shown_and_nothing_asked() -> None:
    state = shown(written(1, "9", "shoe_size", clock=7), written(2, "8", "shoe_size", element="e", clock=3))
    assert (state.values, state.undecided) == ({"shoe_size": "9"}, ())


@pytest.mark.parametrize(("value", "there"), [("Ada", True), (False, True), (None, False), (0, False)])
def test_a_record_with_nothing_in_it_is_not_shown(value: Value, there: bool) -> None:
    assert shown(written(1, value)).shown is there


class TestDeletion:
    def test_a_deletion_hides_what_its_author_saw(self) -> None:
        name = written(1, "Ada")
        state = shown(name, written(2, deletion([name]), DELETED))
        assert (state.shown, state.deletion_undecided) == (False, False)

    def test_beside_an_edit_its_author_did_not_see_the_record_is_shown_whole_and_waits(self) -> None:
        name, town = written(1, "Ada"), written(2, "Alarka", "town", run=RUNS[1])
        state = shown(name, town, written(3, deletion([name]), DELETED))
        assert (state.shown, state.deletion_undecided) == (True, True)
        assert state.values == {"name": "Ada", "town": "Alarka"}

    def test_two_deletions_saw_together_what_neither_saw_alone(self) -> None:
        name, town = written(1, "Ada"), written(2, "Alarka", "town", run=RUNS[1])
        both = [written(3, deletion([name]), DELETED), written(4, deletion([town]), DELETED, run=RUNS[1])]
        assert shown(name, town, *both).shown is False

    def test_brought_back_it_is_shown(self) -> None:
        name = written(1, "Ada")
        gone = written(2, deletion([name]), DELETED)
        back = written(3, None, DELETED, replaces=[gone.write.id])
        assert shown(name, gone, back).shown

    @given(WRITES)
    def test_what_was_seen_is_read_back(self, writes: list[Stamped]) -> None:
        stand = standing(writes, {})
        seen = saw(deletion(stand))
        assert seen == {each.write.id for each in stand if each.write.slot.field != DELETED}
        for odd in (
            None,
            {},
            {"saw": 7},
            {"saw": {"no run": [1]}},
            *({"saw": {"aa": [n]}} for n in ("a", None, True, -1)),
        ):
            assert saw(odd) == frozenset()


class TestWorkbooks:
    def test_what_its_maker_knew_and_no_longer_showed_is_gone(self) -> None:
        old, new = written(1, "Ada"), written(2, "Ada Crowe")
        cell = ShownCell(Horizon({RUNS[0]: 2}), frozenset({new.write.id}))
        assert [each.write.value for each in standing([old, new], {"name": [cell]})] == ["Ada Crowe"]

    def test_what_its_maker_did_not_know_stands(self) -> None:
        old, new = written(1, "Ada"), written(2, "Ada Crowe")
        cell = ShownCell(Horizon({RUNS[0]: 1}), frozenset({old.write.id}))
        assert len(standing([old, new], {"name": [cell]})) == 2

    def test_a_cell_says_nothing_of_other_fields(self) -> None:
        name = written(1, "Ada")
        assert standing([name], {"town": [ShownCell(Horizon({RUNS[0]: 9}), frozenset())]}) == [name]

    @given(
        st.dictionaries(st.sampled_from(RUNS), st.integers(0, 9)),
        st.sets(st.builds(WriteId, st.sampled_from(RUNS), st.integers(0, 12))),
    )
    def test_a_horizon_covers_what_is_known_and_nothing_else(
        self, known: dict[bytes, int], writes: set[WriteId]
    ) -> None:
        horizon = horizon_of(known, writes)
        assert all(horizon.covers(each) for each in writes)
        for run in RUNS:
            for number in range(14):
                each = WriteId(run, number)
                inside = 0 < number <= known.get(run, 0)
                assert horizon.covers(each) is (inside or each in writes)
        assert not any(0 < each.number <= known.get(each.run, 0) for each in horizon.beyond)


def test_a_number_that_came_to_hold_something_else_is_not_hidden_by_who_replaced_what_it_was() -> None:
    elsewhere, other_element = written(2, "Almond", "town"), written(3, "111", "phones", "e1")
    edit = written(9, "Ada", run=RUNS[1], replaces=[elsewhere.write.id, other_element.write.id])
    assert standing([elsewhere, other_element, edit], {}) == [edit, other_element, elsewhere]


def test_a_ring_of_writes_takes_nothing_from_view() -> None:
    first = written(1, "Ada")
    two, three = WriteId(RUNS[0], 2), WriteId(RUNS[0], 3)
    ring = [written(2, "Bo", replaces=[three, first.write.id]), written(3, "Cy", replaces=[two])]
    beside, over = written(4, "Dee"), written(5, "Eve", replaces=[two])
    assert standing([first, *ring], {}) == [first, *ring]
    assert shown(first, *ring).undecided == (ring[0].write.slot,)
    assert standing([first, *ring, beside], {}) == [first, *ring, beside]
    assert standing([first, *ring, over], {}) == [first, ring[1], over]


@given(st.dictionaries(st.integers(1, 8), st.lists(st.integers(1, 8), max_size=3), max_size=8))
def test_what_replaces_itself_by_way_of_others_replaces_nothing_and_else_each_is_taken_at_its_word(
    says: dict[int, list[int]],
) -> None:
    writes = [
        written(number, str(number), replaces=[WriteId(RUNS[0], each) for each in gone if each != number])
        for number, gone in says.items()
    ]

    def reached(number: int) -> set[int]:
        found, todo = set[int](), [number]
        while todo:
            at = todo.pop()
            new = {each for each in says.get(at, ()) if each != at} - found
            found |= new
            todo += new
        return found

    rings = {number for number in says if number in reached(number)}
    between = {each for each in says if reached(each) & rings and any(each in reached(ring) for ring in rings)}
    gone = {each for number in says.keys() - between for each in says[number] if each != number}
    assert {each.write.id.number for each in standing(writes, {})} == says.keys() - gone


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.randoms(use_true_random=False), st.data())
def test_changes_wait_for_the_earlier_numbers_of_their_run(
    sizes: list[int], shuffle: random.Random, data: st.DataObject
) -> None:
    places, number = [], 1
    for size in sizes:
        places.append((RUNS[0], number, number + size - 1))
        number += size
    known = {RUNS[0]: places[data.draw(st.integers(0, len(places) - 1))][1] - 1}
    lost = data.draw(st.integers(0, len(places)))
    offered = [place for at, place in enumerate(places) if at != lost]
    shuffle.shuffle(offered)
    taken = ready(known, offered)
    expected, reached = [], known[RUNS[0]]
    for at, place in enumerate(places):
        if at != lost and place[1] == reached + 1:
            expected.append(place)
            reached = place[2]
    assert taken == expected


class TestHeard:
    """What a workbook's maker heard from other workbooks goes on in its own."""

    OLD, NEW = written(1, "Ada"), written(2, "Ada Crowe")

    def cell(self, reached: int, *shown: Stamped) -> ShownCell:
        return ShownCell(Horizon({RUNS[0]: reached}), frozenset(each.write.id for each in shown))

    def test_of_nothing_read_nothing_was_heard(self) -> None:
        assert heard({}, [self.NEW], Horizon({})) == []

    def test_how_far_another_had_read_is_told_with_the_fields_it_speaks_of(self) -> None:
        cell = self.cell(2, self.NEW)
        assert heard({"town": [cell], "name": [cell]}, [self.NEW], Horizon({RUNS[1]: 9})) == [
            (cell.horizon, ("name", "town"))
        ]

    def test_what_is_known_here_anyway_is_not(self) -> None:
        beyond = ShownCell(Horizon({RUNS[0]: 2}, frozenset({WriteId(RUNS[1], 3)})), frozenset())
        assert heard({"name": [self.cell(2, self.NEW)]}, [self.NEW], Horizon({RUNS[0]: 2})) == []
        assert heard({"name": [beyond]}, [self.NEW], Horizon({RUNS[0]: 2, RUNS[1]: 2})) == [(beyond.horizon, ("name",))]
        assert heard({"name": [beyond]}, [self.NEW], Horizon({RUNS[0]: 2, RUNS[1]: 3})) == []

    def test_of_one_maker_s_workbooks_the_latest_says_all(self) -> None:
        early, late = self.cell(1, self.OLD), self.cell(2, self.NEW)
        for cells in ([early, late], [late, early]):
            assert heard({"name": cells}, [self.OLD, self.NEW], Horizon({})) == [(late.horizon, ("name",))]
        elsewhere = {"name": [late], "town": [early]}
        assert len(heard(elsewhere, [self.OLD, self.NEW], Horizon({}))) == 2

    def test_of_a_cell_that_showed_what_never_came_here_nothing_is_told(self) -> None:
        unmet = written(3, "Mae")
        over = written(4, "Bo", run=RUNS[1], replaces=[unmet.write.id])
        assert heard({"name": [self.cell(3, unmet)]}, [self.NEW], Horizon({})) == []
        assert len(heard({"name": [self.cell(3, unmet)]}, [over], Horizon({}))) == 1


def test_who_says_to_have_seen_what_is_not_written_yet_is_found_out() -> None:
    reached = {RUNS[0]: 4}

    def said(*writes: Stamped, readings: tuple[Reading, ...] = ()) -> set[bytes]:
        plain = tuple(each.write for each in writes)
        change = Change(WriteId(RUNS[1], 1), "everyone", "Eve", b"D" * 16, 1, "live", "edit", plain, readings=readings)
        return claimed(change, reached)

    def read(*runs: int, beyond: tuple[int, ...] = ()) -> tuple[Reading, ...]:
        horizon = Horizon(dict.fromkeys(RUNS, *runs), frozenset(WriteId(RUNS[0], each) for each in beyond))
        return (Reading(b"b" * 16, horizon, {}),)

    def deleted(*saw: int) -> Stamped:
        return written(2, {"saw": {RUNS[0].hex(): [*saw]}}, DELETED, run=RUNS[1])

    assert said(written(9, "Ada", run=RUNS[1], replaces=[WriteId(RUNS[0], 4)]), deleted(4), readings=read(4)) == set()
    assert said(written(9, "Ada", run=RUNS[1], replaces=[WriteId(RUNS[0], 5)])) == {RUNS[0]}
    assert said(deleted(4, 5)) == {RUNS[0]}
    assert said(readings=read(5)) == {RUNS[0]}
    assert said(readings=read(4, beyond=(5,))) == {RUNS[0]}
    taught = written(9, "Ada", run=b"t" * 16, replaces=[WriteId(RUNS[0], 5)])
    assert said(readings=(Reading(b"b" * 16, Horizon({}), {}, (taught,)),)) == {RUNS[0]}
    assert said(written(2, {"saw": {RUNS[0].hex(): [5, "6"]}}, DELETED, run=RUNS[1])) == set()
