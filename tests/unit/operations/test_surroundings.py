"""What stands round one record: its history, what points at it, what is allowed, what is to be decided."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from outreach_app.model.edits import ListEdit
from outreach_app.operations.consents import answer
from outreach_app.operations.decisions import join
from outreach_app.operations.records import bring_back, delete_record, edit_record, make_record, undo_last
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.operations.surroundings import Pointing, Surroundings, surroundings, told, was_deleted
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes, memory


@pytest.fixture
def laptops() -> Iterator[tuple[Store, Store]]:
    with ExitStack() as held:
        yield tuple(held.enter_context(closing(memory(name))) for name in ("Ada Crowe", "Ben Arch"))  # type: ignore[misc]  # two


@pytest.fixture
def store(laptops: tuple[Store, Store]) -> Store:
    return laptops[0]


def swap(one: Store, other: Store) -> None:
    one.apply(all_changes(other))
    other.apply(all_changes(one))


def around(store: Store, kind: str, record: str, language: str = "") -> Surroundings:
    found = surroundings(store, kind, record, language)
    assert found is not None
    return found


def test_history_is_told_change_by_change_newest_first(store: Store) -> None:
    june, made = make_record(store, "people", {"name": "June Walker", "town": "Sylva"})
    edit = edit_record(store, "people", june, {"town": "Almond", "notes": "Has a van."})
    newest, oldest = around(store, "people", june).history
    assert (newest.change, newest.author, newest.source, newest.made) == (edit.change, "Ada Crowe", "live", False)
    assert [(line.field, line.before, line.after) for line in newest.lines] == [
        ("town", ("Sylva",), "Almond"),
        ("notes", (), "Has a van."),
    ]
    assert (oldest.change, oldest.made) == (made.change, True)


def test_a_change_is_undone_from_its_history_where_it_did_nothing_else(store: Store) -> None:
    june, _made = make_record(store, "people", {"name": "June", "town": "Sylva"})
    ben, _made = make_record(store, "people", {"name": "Ben"})
    alone = edit_record(store, "people", june, {"town": "Almond"})
    with store.writing("import", "import") as draft:
        for person in (june, ben, make_record_in(draft)):
            draft.set("people", person, "state", "NC")
    undoable = {each.change: each.undoable for each in around(store, "people", june).history}
    assert undoable[alone.change]
    assert not undoable[draft.changes.change]
    assert list(undoable.values()).count(True) == 1  # the making is undone by deleting
    edit_record(store, "people", june, {"town": "Sylva"})
    later = {each.change: each.undoable for each in around(store, "people", june).history}
    assert not later[alone.change]  # nothing of it stands any more
    assert undo_last(store) is not None
    again = {each.change: each.undoable for each in around(store, "people", june).history}
    assert again[alone.change]  # an undo gave it again
    assert alone.change is not None
    assert store.undo(alone.change).left_alone == ()
    view = store.get("people", june)
    assert view is not None
    assert view.values["town"] == "Sylva"


def make_record_in(draft: object) -> str:
    made: str = draft.new("people", {"name": "Carl"})  # type: ignore[attr-defined]  # a draft
    return made


def test_what_points_at_it_is_counted_field_by_field_and_its_newest_named(store: Store) -> None:
    fair, _made = make_record(store, "events", {"name": "Health fair"})
    made = sign_in(store, NewSignIn(fair, "June Walker", organization_name="Food Share"))
    sign_in(store, NewSignIn(fair, "Ben Arch"))
    pointing = {(each.kind, each.field): each for each in around(store, "events", fair).pointing}
    assert pointing["sign_ins", "event"] == Pointing("sign_ins", "event", 2, "", ("Ben Arch", "June Walker"))
    assert pointing["feedback", "event"] == Pointing("feedback", "event", 0)
    assert ("sheets", "event") not in pointing  # nobody edits those
    own = {(each.kind, each.field): each for each in around(store, "people", made.person).pointing}
    assert own["sign_ins", "person"] == Pointing("sign_ins", "person", 1, made.sign_in, ("Health fair",))
    assert own["affiliations", "person"].count == 1


def test_what_a_person_allows_now_is_told(store: Store) -> None:
    june, _made = make_record(store, "people", {"name": "June"})
    assert around(store, "people", june).allowed == {}
    for state in ("granted", "refused"):
        answer(store, june, "phone", state, "spoken", "2026-11-21")
    answer(store, june, "quote", "granted", "spoken", "2026-11-21")
    assert around(store, "people", june).allowed == {"phone": "refused", "quote": "granted"}


def test_fields_that_wait_for_a_decision_are_named(laptops: tuple[Store, Store]) -> None:
    one, other = laptops
    june, _made = make_record(one, "people", {"name": "June", "phones": [{"number": "828 555 0100"}]})
    swap(one, other)
    view = one.get("people", june)
    assert view is not None
    element = view.values["phones"][0]["id"]
    for store, town, number in ((one, "Sylva", "828 555 0127"), (other, "Almond", "828 555 0172")):
        edit_record(store, "people", june, {"town": town, "phones": ListEdit({element: {"number": number}})})
    assert around(one, "people", june).undecided == frozenset()
    swap(one, other)
    assert around(one, "people", june).undecided == {"town", "phones"}


def test_what_was_joined_is_one_with_the_history_of_both_told_once(store: Store) -> None:
    older, first = make_record(store, "people", {"name": "Robert Hyde"})
    younger, second = make_record(store, "people", {"name": "Bob Hyde", "town": "Almond"})
    joined = join(store, "people", older, younger)
    edit = edit_record(store, "people", younger, {"zip": "28702"})
    found = around(store, "people", younger)
    assert found.view.id == older
    assert [each.change for each in found.history] == [edit.change, joined.change, second.change, first.change]
    assert len(found.history[0].lines) == 1  # written to both, told once
    assert found.history[0].undoable


def test_values_of_history_that_name_records_are_called_by_their_titles(store: Store) -> None:
    places = [make_record(store, "organizations", {"name": name})[0] for name in ("Food Share", "Council")]
    june, _made = make_record(store, "people", {"name": "June"})
    place, _made = make_record(store, "affiliations", {"person": june, "organization": places[0]})
    edit_record(store, "affiliations", place, {"organization": places[1]})
    titles = around(store, "affiliations", place).titles
    assert {titles[each] for each in places} == {"Food Share", "Council"}


def test_a_deleted_record_says_so_and_one_whose_making_was_undone_does_not(store: Store) -> None:
    june, _made = make_record(store, "people", {"name": "June"})
    delete_record(store, "people", june)
    assert was_deleted(around(store, "people", june))
    bring_back(store, "people", june)
    assert not was_deleted(around(store, "people", june))
    _ben, made = make_record(store, "people", {"name": "Ben"})
    assert made.change is not None
    store.undo(made.change)
    undone = around(store, "people", _ben)
    assert (undone.view.shown, was_deleted(undone)) == (False, False)


def test_there_is_nothing_round_what_never_came(store: Store) -> None:
    assert surroundings(store, "people", "00000000-0000-7000-8000-000000000000") is None
    assert told(store, "people", "00000000-0000-7000-8000-000000000000") == ()


def test_only_the_latest_changes_and_the_first_are_told_of_a_long_history(store: Store) -> None:
    june, made = make_record(store, "people", {"name": "June"})
    for number in range(70):
        latest = edit_record(store, "people", june, {"zip": f"{28700 + number}"})
    history = told(store, "people", june)
    assert len(history) == 60
    assert (history[0].change, history[-1].change) == (latest.change, made.change)
