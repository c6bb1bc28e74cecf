"""Themes are called by their names in the language spoken; everything else keeps its one name."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from outreach_app.operations.listing import listed, listing
from outreach_app.operations.records import make_record
from outreach_app.operations.spoken_titles import spoken_field, spoken_title, spoken_titles
from outreach_app.store.stores import Store
from tests.helpers.memories import memory


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(memory()) as opened:
        yield opened


def test_only_kinds_with_a_name_in_that_language_have_one(store: Store) -> None:
    assert spoken_field(store.registry, "themes", "es") == "name_es"
    assert spoken_field(store.registry, "themes", "en") == ""
    assert spoken_field(store.registry, "people", "es") == ""
    assert spoken_field(store.registry, "no such kind", "es") == ""


def test_what_a_record_points_at_is_called_by_its_name_there(store: Store) -> None:
    theme = next(view for view in store.list("themes") if view.values["name_es"] != view.title)
    event, _changes = make_record(store, "events", {"name": "Health fair"})
    said, _changes = make_record(store, "feedback", {"verbatim": "More buses.", "themes": [theme.id], "event": event})
    view = store.get("feedback", said)
    assert view is not None
    (spanish,) = spoken_titles(store, [view], "es")
    assert spanish.titles == {theme.id: theme.values["name_es"], event: "Health fair"}
    assert spoken_titles(store, [view], "en") == [view]
    assert listed(store, listing(store, "feedback"), language="es") == [spanish]
    assert spoken_titles(store, [], "es") == []
    assert spoken_title(store.registry, view, "es") == "More buses."


def test_a_theme_without_a_spanish_name_keeps_its_own(store: Store) -> None:
    theme, _changes = make_record(store, "themes", {"name": "Ferries"})
    view = store.get("themes", theme)
    assert view is not None
    assert spoken_title(store.registry, view, "es") == "Ferries"
