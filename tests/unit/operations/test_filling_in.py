"""As one fills in a form: the record that is meant, and what others wrote."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from outreach_app.operations.filling_in import Meant, meant, titles_of, written_before
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(memory()) as opened:
        yield opened


def test_a_record_is_meant_by_its_name_its_code_or_a_searched_word(store: Store) -> None:
    event, _changes = make_record(
        store, "events", {"name": "Clinic day", "starts": "2026-11-21T10:00:00-05:00", "town": "Almond"}
    )
    make_record(store, "events", {"name": "Health fair"})
    code = store.list("events", {"id": event})[0].code
    for typed in ("clin", "almo", code, f"{code[:3]}-{code[3:]}".lower()):
        assert meant(store, "events", typed) == (Meant(event, "Clinic day", "Almond"),)
    assert meant(store, "events", "zzz") == ()


def test_people_are_meant_by_a_nickname_or_a_phone_too(store: Store) -> None:
    bob, _changes = make_record(store, "people", {"name": "Robert Locklear", "phones": [{"number": "828 555 0133"}]})
    assert [one.id for one in meant(store, "people", "bob lock")] == [bob]
    assert [one.id for one in meant(store, "people", "8285550133")] == [bob]


def test_kinds_that_nobody_searches_are_looked_through(store: Store) -> None:
    event, _changes = make_record(store, "events", {"name": "Clinic day"})
    sheet, _changes = make_record(store, "sheets", {"event": event})
    assert [one.id for one in meant(store, "sheets", "clinic")] == [sheet]
    assert meant(store, "sheets", "fair") == ()


def test_themes_are_offered_by_their_name_in_the_language_spoken(store: Store) -> None:
    theme = next(view for view in store.list("themes") if view.values["name_es"] != view.title)
    assert meant(store, "themes", theme.title)[0].title == theme.title
    spoken = meant(store, "themes", str(theme.values["name_es"]), language="es")
    assert (spoken[0].id, spoken[0].title) == (theme.id, theme.values["name_es"])


def test_what_others_wrote_is_offered_commonest_first_and_taken_literally(store: Store) -> None:
    for town in ("Bryson City", "Bryson", "Bryson City", "Almond", "100% Cove"):
        make_record(store, "people", {"name": "Ada", "town": town})
    assert written_before(store, "people", "town", "bry") == ["Bryson City", "Bryson"]
    assert written_before(store, "people", "town", "bry", limit=1) == ["Bryson City"]
    assert written_before(store, "people", "town", "1%") == []
    assert written_before(store, "people", "town", "100%") == ["100% Cove"]


def test_what_others_wrote_in_any_line_of_a_list_is_offered(store: Store) -> None:
    make_record(store, "events", {"name": "Clinic day", "staff": ["Rosa Delgado", "Ben Arch"]})
    make_record(store, "events", {"name": "Health fair", "staff": ["Rosa Delgado"]})
    assert written_before(store, "events", "staff", "r") == ["Rosa Delgado"]
    assert written_before(store, "events", "staff", "") == ["Rosa Delgado", "Ben Arch"]


def test_what_a_new_record_names_is_called_by_its_title(store: Store) -> None:
    ada, _changes = make_record(store, "people", {"name": "Ada Crowe"})
    fair, _changes = make_record(store, "events", {"name": "Health fair"})
    values = {"person": ada, "state": "asked", "event": fair}
    assert titles_of(store, "interests", values) == {ada: "Ada Crowe", fair: "Health fair"}
    assert titles_of(store, "people", {"met_at": [{"id": "", "value": fair}]}) == {fair: "Health fair"}
