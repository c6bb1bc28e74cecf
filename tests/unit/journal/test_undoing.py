"""Undo puts back exactly what stood, once, and leaves alone what others wrote since."""

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.journal.changes import Change, Slot, Stamped, Write, WriteId
from outreach_app.journal.standing import standing
from outreach_app.journal.undoing import Undoing, undoing
from outreach_app.model.fields import Rule, Value

RUN = b"r" * 16
NAME = Slot("people", "p", "name")
HERE = Slot("events", "e", "here")


def rule(_kind: str, field: str) -> Rule:
    return Rule.TALLY if field == "here" else Rule.VALUE


def change(number: int, *writes: Write) -> Change:
    return Change(WriteId(RUN, number), "everyone", "Ada", bytes(16), number, "live", "edit", writes)


def write(number: int, value: Value, *replaces: WriteId, slot: Slot = NAME, salt: bytes = b"s" * 16) -> Write:
    return Write(WriteId(RUN, number), slot, value, replaces, salt)


def stamped(*writes: Write) -> dict[WriteId, Stamped]:
    return {each.id: Stamped(each, each.id.number, "Ada", bytes(16), "live", None) for each in writes}


def undone(made: Change, known: dict[WriteId, Stamped], stands: set[WriteId] | None = None) -> Undoing:
    return undoing(made, {each.id for each in made.writes} if stands is None else stands, known, rule)


def after(plan: Undoing, *writes: Write) -> list[Value]:
    """The values that stand once everything is written."""
    everything = [*writes, *plan.writes]
    return [each.write.value for each in standing(stamped(*everything).values(), {})]


def test_what_stood_before_stands_again() -> None:
    old, new = write(1, "Ada"), write(3, "Bo", WriteId(RUN, 1))
    plan = undone(change(2, new), stamped(old))
    assert after(plan, old, new) == ["Ada"]
    assert plan.left_alone == ()


def test_where_nothing_stood_nothing_stands_but_an_empty_value() -> None:
    new = write(2, "Bo")
    assert after(undone(change(1, new), {}), new) == [None]


def test_undoing_a_decision_puts_back_what_differed() -> None:
    one, two = write(1, "Ada"), write(2, "Bo")
    decided = write(4, "Ada", one.id, two.id)
    assert sorted(map(str, after(undone(change(3, decided), stamped(one, two)), one, two, decided))) == ["Ada", "Bo"]


@given(st.lists(st.text(max_size=3), min_size=2, max_size=6, unique=True))
def test_what_differed_is_put_back_in_its_order_so_that_the_same_is_shown(values: list[str]) -> None:
    differing = [write(number, value) for number, value in enumerate(values, 1)]
    decided = write(9, "Bo", *(each.id for each in differing))
    back = undone(change(8, decided), stamped(*differing)).writes
    assert [each.value for each in sorted(back, key=lambda each: each.id)] == values


def test_values_that_agreed_are_put_back_as_one_and_yes_is_not_one() -> None:
    agreeing = [write(1, "Ada"), write(2, "Ada")]
    decided = write(4, "Bo", *(each.id for each in agreeing))
    assert len(undone(change(3, decided), stamped(*agreeing)).writes) == 1
    different = [write(1, True), write(2, 1)]
    decided = write(4, "Bo", *(each.id for each in different))
    assert len(undone(change(3, decided), stamped(*different)).writes) == 2


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 5))
def test_an_undone_press_is_out_of_the_sum(presses: list[int], which: int) -> None:
    writes = [write(2 * number, by, slot=HERE) for number, by in enumerate(presses, 1)]
    chosen = writes[which % len(writes)]
    plan = undone(change(chosen.id.number - 1, chosen), {})
    numbers = [value for value in after(plan, *writes) if isinstance(value, int)]
    assert sum(numbers) == sum(presses) - chosen.value


def test_what_others_wrote_since_is_left_alone_and_named() -> None:
    mine = write(2, "Bo")
    plan = undone(change(1, mine), {}, stands=set())
    assert plan == Undoing((), (NAME,))


def test_two_laptops_undo_it_once() -> None:
    old, new = write(1, "Ada"), write(3, "Bo", WriteId(RUN, 1))
    assert undone(change(2, new), stamped(old)) == undone(change(2, new), stamped(old))


def test_a_laptop_that_knew_less_of_what_was_replaced_never_hides_what_another_put_back() -> None:
    old, new = write(1, "Ada"), write(3, "Bo", WriteId(RUN, 1))
    knowing, unknowing = undone(change(2, new), stamped(old)), undone(change(2, new), {})
    assert {each.id for each in knowing.writes}.isdisjoint(each.id for each in unknowing.writes)
    both = Undoing((*knowing.writes, *unknowing.writes), ())
    assert set(map(str, after(both, old, new))) == {"Ada", "None"}


def test_undoing_the_undo_does_it_again() -> None:
    old, new = write(1, "Ada"), write(3, "Bo", WriteId(RUN, 1))
    first = undone(change(2, new), stamped(old))
    again = undone(change(4, *first.writes), stamped(new))
    everything = Undoing((*first.writes, *again.writes), ())
    assert after(everything, old, new) == ["Bo"]
    assert again.writes[0].id not in {new.id, first.writes[0].id}


def test_the_salt_follows_from_the_secret_of_what_was_undone() -> None:
    one = undone(change(2, write(3, "Bo", salt=b"1" * 16)), {}).writes[0]
    two = undone(change(2, write(3, "Bo", salt=b"2" * 16)), {}).writes[0]
    assert one.salt != two.salt
    assert one.id != two.id
    assert len(one.salt) == 16


def test_what_was_written_in_an_order_comes_back_in_it() -> None:
    writes = [write(2 + at, f"Text {at}") for at in range(40)]
    plan = undone(change(1, *writes), {})
    assert [each.id for each in plan.writes] == sorted(each.id for each in plan.writes)
