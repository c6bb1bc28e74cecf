"""A new record from a form, by the rules of its kind."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from outreach_app.model.errors import BadInput
from outreach_app.operations.consents import NOTICE, allowed_channels
from outreach_app.operations.records import make_record
from outreach_app.operations.writing_down import still_no, write_down
from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(memory()) as opened:
        yield opened


@pytest.fixture
def ada(store: Store) -> str:
    return make_record(store, "people", {"name": "Ada Crowe"})[0]


def answer(person: str, state: str, day: str = "2026-11-21") -> dict[str, str]:
    return {"person": person, "channel": "phone", "state": state, "how": "spoken", "given_on": day}


def test_an_event_is_planned(store: Store) -> None:
    made, changes = write_down(store, "events", {"name": "Clinic day", "county": "37173"})
    view = store.get("events", made)
    assert view is not None
    assert (view.values["status"], view.values["rural"], changes.verb) == ("planned", True, "make_events")


def test_other_kinds_are_made_by_their_fields_and_what_is_needed_must_be_there(store: Store) -> None:
    made, _changes = write_down(store, "groups", {"name": "Council on Aging", "counties": ["37173"]})
    view = store.get("groups", made)
    assert view is not None
    assert view.elements("counties") == ["37173"]
    with pytest.raises(BadInput, match="Name"):
        write_down(store, "groups", {"counties": ["37173"]})
    assert store.count("groups") == 1


def test_an_answer_takes_the_place_of_the_one_before(store: Store, ada: str) -> None:
    first, _changes = write_down(store, "consents", answer(ada, "granted"))
    second, _changes = write_down(store, "consents", answer(ada, "refused"))
    view = store.get("consents", second)
    assert view is not None
    assert (view.elements("supersedes"), view.values["notice_version"]) == ([first], NOTICE)
    assert allowed_channels(store, ada) == {"phone": "refused"}
    assert not still_no(store, second)


def test_a_yes_after_a_no_stands_beside_it_until_somebody_is_sure(store: Store, ada: str) -> None:
    write_down(store, "consents", answer(ada, "refused"))
    yes, _changes = write_down(store, "consents", answer(ada, "granted"))
    assert still_no(store, yes)
    assert allowed_channels(store, ada) == {"phone": "refused"}
    sure, _changes = write_down(store, "consents", answer(ada, "granted"), sure=True)
    assert not still_no(store, sure)
    assert allowed_channels(store, ada) == {"phone": "granted"}


def test_paper_from_before_the_no_never_takes_its_place(store: Store, ada: str) -> None:
    write_down(store, "consents", answer(ada, "refused", "2026-11-21"))
    late, _changes = write_down(store, "consents", answer(ada, "granted", "2026-11-01"), sure=True)
    assert still_no(store, late)


def test_an_answer_needs_somebody_who_gave_it(store: Store) -> None:
    with pytest.raises(BadInput, match="Person"):
        write_down(store, "consents", {"channel": "phone", "state": "granted"})
    assert not still_no(store, "00000000-0000-7000-8000-000000000000")


def test_a_known_person_signs_in_without_anybody_writing_their_name(store: Store, ada: str) -> None:
    event, _changes = write_down(store, "events", {"name": "Clinic day"})
    made, _changes = write_down(store, "sign_ins", {"event": event, "person": ada})
    written, _changes = write_down(store, "sign_ins", {"event": event, "person": ada, "name_as_written": "A. Crow"})
    names = [view.values["name_as_written"] for view in store.many("sign_ins", [made, written])]
    assert names == ["Ada Crowe", "A. Crow"]
    with pytest.raises(BadInput, match="Name as written"):
        write_down(store, "sign_ins", {"event": event})
