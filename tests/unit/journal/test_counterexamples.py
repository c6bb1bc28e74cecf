"""What a careful reader of the rules would try: each case on laptops that meet in every order, told by its name."""

import itertools

import pytest

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, WriteId
from outreach_app.journal.consents import Entry, holding
from outreach_app.journal.standing import RecordState
from outreach_app.model.fields import Rule
from tests.helpers.ledgers import RECORDS, RULES, Ledger, rule

P = RECORDS[0]


def copies(*of: Ledger) -> list[Ledger]:
    """New laptops that hold what these hold, taken in every order."""
    made = []
    for order in itertools.permutations(of):
        laptop = Ledger()
        for each in order:
            laptop.sync(each)
        made.append(laptop)
    return made


def states(*of: Ledger) -> list[RecordState]:
    """What every laptop that holds what these hold shows of the record; all must show the same."""
    found = [laptop.state(P) for laptop in copies(*of)]
    assert all(state == found[0] for state in found)
    return found


def two(*given: tuple[str, object, str]) -> tuple[Ledger, Ledger]:
    """Two laptops that both know what was given first."""
    one, other = Ledger(), Ledger()
    for name, value, element in given:
        one.give(P, name, value, element)
    one.sync(other)
    return one, other


class TestLists:
    def test_two_changes_of_one_phone_are_to_be_decided_and_each_is_kept_until_then(self) -> None:
        one, other = two(("phones", "111", "e1"))
        one.give(P, "phones", "222", "e1")
        other.give(P, "phones", "333", "e1")
        state = states(one, other)[0]
        assert state.undecided == (Slot("people", P, "phones", "e1"),)
        stand = {each.write.value for each in copies(one, other)[0].stand(P)}
        assert stand == {"222", "333"}

    def test_keeping_both_on_two_laptops_makes_one_more_phone_not_two(self) -> None:
        one, other = two(("phones", "111", "e1"))
        one.give(P, "phones", "222", "e1")
        other.give(P, "phones", "333", "e1")
        one.sync(other)
        for laptop, element in ((one, "e2"), (other, "e3")):
            shown = laptop.state(P).values["phones"][0]["value"]
            [beside] = {"222", "333"} - {shown}
            laptop.give(P, "phones", shown, "e1")
            laptop.give(P, "phones", beside, element)
        state = states(one, other)[0]
        assert sorted(each["value"] for each in state.values["phones"]) == ["222", "333"]
        assert state.undecided == ()

    def test_one_removes_a_phone_and_the_other_changes_it(self) -> None:
        one, other = two(("phones", "111", "e1"))
        one.give(P, "phones", None, "e1")
        other.give(P, "phones", "333", "e1")
        assert states(one, other)[0].undecided == (Slot("people", P, "phones", "e1"),)

    def test_each_adds_a_phone_and_both_are_there(self) -> None:
        one, other = two(("phones", "111", "e1"))
        one.give(P, "phones", "222", "e2")
        other.give(P, "phones", "333", "e3")
        state = states(one, other)[0]
        assert [each["value"] for each in state.values["phones"]] == ["111", "222", "333"]
        assert state.undecided == ()


class TestTallies:
    def test_the_same_press_undone_on_two_laptops_is_undone_once(self) -> None:
        one, other = two(("here", 5, ""))
        press = one.give(P, "here", 3)
        one.sync(other)
        one.undo(press)
        other.undo(press)
        assert states(one, other)[0].values["here"] == 5

    def test_the_undo_undone_on_two_laptops_presses_it_once_again(self) -> None:
        one, other = two()
        press = one.give(P, "here", 3)
        undone = one.undo(press)
        one.sync(other)
        one.undo(undone)
        other.undo(undone)
        assert states(one, other)[0].values["here"] == 3
        for laptop in (one, other):
            laptop.sync(one)
            laptop.undo(press)
        assert states(one, other)[0].values["here"] == 0

    def test_pressed_typed_over_and_undone_each_counts_for_itself(self) -> None:
        one, other = two(("here", 12, ""))
        one.give(P, "here", 3)
        typed = other.give(P, "here", 15 - 12)  # over the 12 that was shown somebody typed 15
        assert states(one, other)[0].values["here"] == 18
        other.undo(typed)
        assert states(one, other)[0].values["here"] == 15

    def test_an_undo_by_a_program_that_does_not_know_the_field_is_the_same_write(self) -> None:
        one, other = two()
        press = one.give(P, "here", 3)
        one.sync(other)
        known = one.undo(press)
        RULES.pop("here")
        try:
            unknown = other.undo(press)
        finally:
            RULES["here"] = Rule.TALLY
        assert [each.id for each in known.writes] == [each.id for each in unknown.writes]
        assert [each.value for each in known.writes] == [each.value for each in unknown.writes]


class TestDeletions:
    def test_deleting_beside_an_edit_is_to_be_decided_whichever_arrived_first(self) -> None:
        one, other = two(("name", "Ada", ""))
        one.delete(P)
        other.give(P, "town", "Alarka")
        state = states(one, other)[0]
        assert (state.shown, state.deletion_undecided) == (True, True)

    def test_an_edit_of_what_was_seen_to_be_deleted_brings_up_the_same_question(self) -> None:
        one, other = two(("name", "Ada", ""))
        one.delete(P)
        one.sync(other)
        assert other.state(P).shown is False
        other.give(P, "town", "Alarka")
        assert states(one, other)[0].deletion_undecided

    def test_deleting_after_all_on_one_and_writing_on_the_other_asks_again(self) -> None:
        one, other = two(("name", "Ada", ""))
        one.delete(P)
        other.give(P, "town", "Alarka")
        one.sync(other)
        one.delete(P)
        assert one.state(P).shown is False
        other.give(P, "town", "Cherokee")
        assert states(one, other)[0].deletion_undecided

    def test_a_deletion_undone_on_one_and_made_anew_on_the_other_still_hides_what_was_seen(self) -> None:
        one, other = two(("name", "Ada", ""))
        first = one.delete(P)
        one.sync(other)
        one.undo(first)
        other.delete(P)
        assert states(one, other)[0].shown is False
        one.sync(other)
        one.give(P, "deleted", None)
        assert states(one, other)[0].shown is True

    def test_a_press_that_the_deletion_did_not_see_keeps_the_record(self) -> None:
        one, other = two(("here", 5, ""))
        one.delete(P)
        other.give(P, "here", 1)
        state = states(one, other)[0]
        assert (state.values["here"], state.deletion_undecided) == (6, True)

    @pytest.mark.parametrize(
        "damaged", ["gone", {"saw": 3}, {"saw": {"zz": [1]}}, {"saw": {"00": 7}}, {"saw": {"00": None}}]
    )
    def test_a_deletion_that_says_what_it_saw_in_no_known_form_saw_nothing(self, damaged: object) -> None:
        one, _other = two(("name", "Ada", ""))
        one.give(P, "deleted", damaged)
        assert one.state(P).deletion_undecided


class TestWhatIsStillUnknown:
    def test_a_change_that_replaces_a_write_which_comes_later(self) -> None:
        author, editor, late = Ledger(), Ledger(), Ledger()
        first = author.give(P, "town", "Alarka")
        author.sync(editor)
        second = editor.give(P, "town", "Cherokee")
        late.absorb(second)
        assert late.state(P).values["town"] == "Cherokee"
        late.absorb(first)
        state = late.state(P)
        assert (state.values["town"], state.undecided) == ("Cherokee", ())

    def test_two_undos_of_one_change_of_which_one_knew_less_hide_nothing(self) -> None:
        author, editor, late = Ledger(), Ledger(), Ledger()
        author.give(P, "town", "Alarka")
        author.sync(editor)
        second = editor.give(P, "town", "Cherokee")
        late.absorb(second)
        late.undo(second)
        editor.undo(second)
        assert late.state(P).values["town"] is None
        assert editor.state(P).values["town"] == "Alarka"
        state = states(author, editor, late)[0]
        assert state.undecided == (Slot("people", P, "town"),)
        assert {each.write.value for each in copies(author, editor, late)[0].stand(P)} == {None, "Alarka"}

    def test_undoing_in_any_order_of_two_changes_goes_all_the_way_back(self) -> None:
        for order in ((0, 1), (1, 0)):
            one, other = two(("town", "Alarka", ""))
            changes = [one.give(P, "town", "Bryson City"), one.give(P, "town", "Cherokee")]
            one.sync(other)
            for place in order:
                one.undo(changes[place])
            expected = "Alarka" if order == (1, 0) else "Bryson City"
            assert states(one, other)[0].values["town"] == expected

    def test_what_somebody_wrote_since_even_the_same_again_is_left(self) -> None:
        one, _other = two(("town", "Alarka", ""))
        change = one.give(P, "town", "Cherokee")
        one.give(P, "town", "Cherokee")
        assert one.undo(change).writes == ()
        assert one.state(P).values["town"] == "Cherokee"

    def test_a_field_of_a_newer_program_asks_an_older_one_nothing(self) -> None:
        """Nobody here knows its rule: two texts may be two elements, two presses, or two answers."""
        one, other = two()
        one.give(P, "hats", "straw", "e1")
        other.give(P, "hats", "felt", "e2")
        one.give(P, "steps", 4)
        other.give(P, "steps", 6)
        state = states(one, other)[0]
        assert state.undecided == ()
        assert state.shown
        assert {each.write.value for each in copies(one, other)[0].stand(P)} == {"straw", "felt", 4, 6}


class TestWorkbooks:
    def read(self, laptop: Ledger, reading: Reading) -> Change:
        return laptop.save([], [reading])

    def test_a_cell_cleared_and_typed_again_on_two_desks_is_one_thing(self) -> None:
        author, one, other = Ledger(), Ledger(), Ledger()
        author.give(P, "town", "Alarka")
        book = author.export()
        cleared, again = author.export(), author.export()
        cleared.typed[P, "town"] = None
        again.typed[P, "town"] = "Alarka"
        for desk in (one, other):
            desk.read(cleared)
        assert states(one, other)[0].values["town"] is None
        one.read(again)  # typed over what the same export showed: beside the empty one, to be decided
        assert states(one, other)[0].undecided == (Slot("people", P, "town"),)
        one.read(book)
        assert states(one, other)[0].undecided == (Slot("people", P, "town"),)

    @pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
    def test_a_workbook_mailed_on_through_three_desks_undoes_nothing_in_any_order(self, order: tuple[int, ...]) -> None:
        author, desks = Ledger(), [Ledger() for _ in range(3)]
        author.give(P, "town", "Alarka")
        mail = [author.export()]
        for desk, town in zip(desks, ("Bryson City", "Cherokee", None), strict=True):
            desk.read(mail[-1])
            if town is not None:
                desk.give(P, "town", town)
            mail.append(desk.export())
        last = Ledger()
        for place in order:
            last.read(mail[1:][place])
        last.read(mail[0])
        state = last.state(P)
        assert (state.values["town"], state.undecided) == ("Cherokee", ())
        assert states(last, author, *desks)[0] == state

    def test_a_desk_that_never_saw_an_old_write_still_tells_the_next_that_it_is_gone(self) -> None:
        """The horizon of the workbook it had itself read goes on with its change, not only in its own export."""
        author, desk, last = Ledger(), Ledger(), Ledger()
        author.give(P, "town", "Alarka")
        old = author.export()
        author.give(P, "town", "Cherokee")
        desk.read(author.export())
        last.read(old)
        last.sync(desk)
        state = last.state(P)
        assert (state.values["town"], state.undecided) == ("Cherokee", ())

    @pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
    def test_what_a_desk_heard_goes_on_in_its_own_workbook(self, order: tuple[int, ...]) -> None:
        """The desks in between never met the old write; the last one does, in an old workbook, before or after."""
        author, desks = Ledger(), [Ledger(), Ledger()]
        author.give(P, "town", "Alarka")
        mail = [author.export()]
        author.give(P, "town", "Cherokee")
        mail.append(author.export())
        for desk in desks:
            desk.read(mail[-1])
            mail.append(desk.export())
        last = Ledger()
        for place in order:
            last.read(mail[place])
        state = last.state(P)
        assert (state.values["town"], state.undecided) == ("Cherokee", ())

    def test_a_horizon_speaks_of_the_cells_its_workbook_shows_and_of_no_others(self) -> None:
        author, desk = Ledger(), Ledger()
        author.give(P, "town", "Alarka")
        author.give(P, "name", "Ada")
        claims = Horizon({author.run: 10_000})
        self.read(desk, Reading(b"f" * 16, claims, {(P, "town"): frozenset()}))
        desk.sync(author)
        state = states(desk, author)[0]
        assert state.values.get("town") is None
        assert state.values["name"] == "Ada"

    def test_a_horizon_of_no_run_covers_nothing_however_much_it_claims_beyond_it(self) -> None:
        author, desk = Ledger(), Ledger()
        author.give(P, "town", "Alarka")
        for book, claims in enumerate((Horizon({}), Horizon({b"x" * 16: 10_000}), Horizon({author.run: 0}))):
            self.read(desk, Reading(bytes([book] * 16), claims, {(P, "town"): frozenset()}))
        desk.sync(author)
        assert states(desk, author)[0].values["town"] == "Alarka"

    def test_a_derived_write_is_covered_only_where_it_is_named(self) -> None:
        """Undos and typed cells have the number 0, which no reach of a run covers."""
        author, desk = Ledger(), Ledger()
        change = author.give(P, "town", "Alarka")
        author.give(P, "town", "Cherokee")
        author.undo(author.changes[WriteId(author.run, change.last + 1)])
        [heir] = author.stand(P)
        assert heir.write.id.number == 0
        self.read(desk, Reading(b"g" * 16, Horizon({heir.write.id.run: 99}), {(P, "town"): frozenset()}))
        desk.sync(author)
        assert states(desk, author)[0].values["town"] == "Alarka"


ENTRIES = (
    Entry("1", "refused", given_on="2026-03-01"),
    Entry("2", "granted", given_on="2026-04-01", supersedes=frozenset({"1"})),
    Entry("3", "granted", given_on="2026-02-01"),
    Entry("4", "withdrawn", given_on="2026-05-01", supersedes=frozenset({"2"})),
)


class TestConsents:
    @pytest.mark.parametrize(
        ("known", "holds"),
        [
            ("12", "granted"),
            ("13", "refused"),
            ("123", "granted"),
            ("124", "withdrawn"),
            ("14", "withdrawn"),
            ("34", "withdrawn"),
        ],
    )
    def test_a_yes_after_a_no_in_all_orders_and_as_they_arrive(self, known: str, holds: str) -> None:
        entries = [each for each in ENTRIES if each.id in known]
        for order in itertools.permutations(entries):
            assert holding(order) == holding([*order, *order]) == holds

    def test_a_yes_that_another_laptop_wrote_without_knowing_of_the_no_allows_nothing(self) -> None:
        no, yes = Entry("1", "refused"), Entry("2", "granted")
        assert holding([no, yes]) == holding([yes, no]) == "refused"


class TestOldHistories:
    def test_an_undo_of_an_undo_of_an_undo_still_finds_whose_value_it_gave_again(self) -> None:
        one, other = two(("town", "Alarka", ""))
        change = one.give(P, "town", "Cherokee")
        steps = [change]
        for _again in range(5):
            steps.append(one.undo(steps[-1]))
        assert one.state(P).values["town"] == "Alarka"
        one.sync(other)
        back = one.undo(change)
        assert back.writes == ()  # it is undone already
        assert states(one, other)[0].values["town"] == "Alarka"
        other.undo(steps[-1])
        assert states(one, other)[0].values["town"] == "Cherokee"


def test_the_ledger_s_rules_are_those_of_the_fields_it_names() -> None:
    assert rule("people", "phones") is Rule.LIST
    assert rule("people", "unheard of") is Rule.VALUE
