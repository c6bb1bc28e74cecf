"""What a person is shown of a decision, and how an undone answer is asked again."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from outreach_app.operations.deciding import Deciding, ask_again, deciding
from outreach_app.operations.decisions import join, not_the_same, use
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.events import plan_event
from outreach_app.operations.records import delete_record, edit_record, make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.decisions import Decision
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory


@pytest.fixture
def laptops() -> Iterator[tuple[Store, Store]]:
    with ExitStack() as held:
        yield tuple(held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Arch"))  # type: ignore[misc]  # two


def swap(one: Store, other: Store) -> None:
    one.apply(all_changes(other))
    other.apply(all_changes(one))


def seen(store: Store, decision: Decision) -> Deciding:
    found = deciding(store, decision)
    assert found is not None
    return found


def test_of_a_conflict_the_history_of_just_that_field_is_told_oldest_first(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    june, _made = make_record(one, "people", {"name": "June", "town": "Whittier"})
    swap(one, other)
    edit_record(other, "people", june, {"town": "Sylva", "zip": "28779"})
    edit_record(one, "people", june, {"town": "Dillsboro"})
    swap(one, other)
    (decision,) = one.decisions()
    found = seen(one, decision)
    assert [(line.author, line.after) for line in found.history] == [
        ("Ada Crowe", "Whittier"),
        ("Ben Arch", "Sylva"),
        ("Ada Crowe", "Dillsboro"),
    ]
    assert found.own_device == one.device
    assert [option.device == one.device for option in decision.options] == [True, False]


def test_of_a_conflict_between_references_both_are_called_by_their_titles(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    places = {name: make_record(one, "organizations", {"name": name})[0] for name in ("Food Share", "Council")}
    june, _made = make_record(one, "people", {"name": "June"})
    place, _made = make_record(one, "affiliations", {"person": june, "organization": places["Food Share"]})
    swap(one, other)
    edit_record(one, "affiliations", place, {"organization": places["Council"]})
    with other.writing("edit") as draft:
        draft.set("affiliations", place, "organization", None)
    swap(one, other)
    (decision,) = one.decisions()
    titles = seen(one, decision).titles
    assert {titles[record] for record in places.values()} == {"Food Share", "Council"}


def test_of_a_deletion_what_its_author_had_not_seen_is_told(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    june, _made = make_record(one, "people", {"name": "June"})
    swap(one, other)
    edit_record(one, "people", june, {"town": "Sylva"})  # before the deletion, and not seen by its author
    delete_record(other, "people", june)
    swap(one, other)
    (decision,) = one.decisions()
    assert decision.what == "deletion"
    assert [line.field for line in seen(one, decision).history] == ["town", "deleted"]


def test_of_two_that_may_be_one_both_are_shown_with_what_speaks_for_and_against(laptops: tuple[Store, Store]) -> None:
    store = laptops[0]
    event, _made = plan_event(store, {"name": "Fair"})
    phone = ({"number": "828 555 0133"},)
    for name, town in (("Robert Locklear", "Almond"), ("Bob Locklear", "Sylva")):
        sign_in(store, NewSignIn(event, name, phones=phone, organization_name="Food Share", details={"town": town}))
    assert look_for_duplicates(store)["people"] == 1
    found = seen(store, store.decisions()[0])
    assert [side.view.title for side in found.sides] == ["Robert Locklear", "Bob Locklear"]
    assert [(side.organizations, side.sign_ins) for side in found.sides] == [(("Food Share",), 1)] * 2
    assert "Same phone" in found.sides[1].alike
    assert found.sides[1].unlike == ("Towns differ",)


def test_what_is_decided_meanwhile_is_shown_no_more(laptops: tuple[Store, Store]) -> None:
    gone = Decision("conflict", "people", "00000000-0000-7000-8000-000000000000", "June", "town")
    assert deciding(laptops[0], gone) is None


@pytest.fixture
def pairs(laptops: tuple[Store, Store]) -> tuple[Store, list[Decision]]:
    """Two pairs that wait."""
    store = laptops[0]
    for name, other, phone in (("Robert Locklear", "Bob Locklear", "0133"), ("Ada Hyde", "Ada Hyde", "0177")):
        for each in (name, other):
            make_record(store, "people", {"name": each, "phones": [{"number": f"828 555 {phone}"}]})
    look_for_duplicates(store)
    return store, list(store.decisions())


def test_an_answer_that_was_undone_is_asked_again_beside_those_that_still_wait(
    pairs: tuple[Store, list[Decision]],
) -> None:
    store, (first, second) = pairs
    for verb in (join, not_the_same):
        done = verb(store, "people", first.record, first.other)
        assert store.decisions() == [second]
        assert ask_again(store, [first]).records == {}  # it stands
        assert store.decisions() == [second]
        assert done.change is not None
        store.undo(done.change)
        again = ask_again(store, [first])
        assert again.records == {"people": {first.record, first.other}}
        assert store.decisions() == [first, second]


def test_a_conflict_needs_no_asking_again(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    june, _made = make_record(one, "people", {"name": "June"})
    swap(one, other)
    edit_record(one, "people", june, {"town": "Sylva"})
    edit_record(other, "people", june, {"town": "Almond"})
    swap(one, other)
    (decision,) = one.decisions()
    done = use(one, decision, "Almond")
    assert one.decisions() == []
    assert done.change is not None
    one.undo(done.change)
    assert [each.slot for each in one.decisions()] == [decision.slot]
