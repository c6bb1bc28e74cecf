"""The places: in the order of the sidebar, counted by the store, and none loaded before it is gone to."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from outreach_app.operations.decisions import hand_over
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes
from tests.helpers.second_laptops import second_laptop
from ui.desks import Desk
from ui.pages.places import places, standing
from ui.pages.today import TodayPage

IN_ORDER = [
    "Today",
    "Events",
    "People",
    "Partners",
    "Groups to join",
    "Feedback",
    "Follow-ups",
    "What we heard",
    "To decide",
    "Texts for sharing",
    "Print",
    "Import & merge",
    "Export",
    "Sync",
    "Keys",
]


def test_the_sidebar_is_in_order_and_no_key_is_taken_twice() -> None:
    specs = places()
    assert [spec.label for spec in specs if spec.in_sidebar] == IN_ORDER
    behind = {"event", "visitor", "record", "help", "columns", "export_choices", "named_exports", "template", "returns"}
    assert {spec.name for spec in specs if not spec.in_sidebar} == {*behind, "compare", "settings", "tour"}
    assert [spec.name for spec in specs if spec.at_foot] == ["settings"]
    assert [spec.name for spec in specs if spec.full_window] == ["event"]
    assert [spec.name for spec in specs if spec.waits] == ["decide", "keys"]
    keys = [spec.shortcut for spec in specs if spec.shortcut]
    assert len(keys) == len(set(keys)) == len([*IN_ORDER, "Settings"])


def test_counts_come_from_the_store_and_only_open_follow_ups_count(store: Store) -> None:
    for state in ("open", "waiting", "done", "dropped"):
        make_record(store, "follow_ups", {"what": "Call back", "state": state})
    make_record(store, "people", {"name": "Ada Crowe"})
    counts = {spec.name: spec.count(store) for spec in places() if spec.count}
    assert counts == {
        "events": 0,
        "people": 1,
        "partners": 0,
        "groups": store.count("groups"),
        "feedback": 0,
        "follow_ups": 2,
        "decide": 0,
        "share": 0,
        "keys": 1,
    }


def test_the_standing_is_the_store_s(store: Store) -> None:
    where = store.whereabouts()
    told = standing(store)
    assert (told.only_here, told.copied, told.received) == (where.only_here, where.copied, where.received)


def test_the_day_given_is_the_day_of_the_page(desk: Desk) -> None:
    first = places(lambda: date(2026, 11, 21))[0].factory(desk)
    assert isinstance(first, TodayPage)
    assert first._today() == date(2026, 11, 21)
    first.deleteLater()


def test_no_page_is_loaded_with_the_list_of_places() -> None:
    asked = (
        "import sys; from ui.pages.places import places; places();"
        "print([name for name in sys.modules if name.startswith('ui.pages.')], 'PySide6.QtPdf' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['ui.pages.base', 'ui.pages.places'] False"


def test_a_worker_s_number_is_what_was_handed_to_them(store: Store, tmp_path: Path) -> None:
    one, other = (make_record(store, "people", {"name": "Robert Locklear", "town": "Almond"})[0] for _again in range(2))
    assert one != other
    look_for_duplicates(store)
    counted = next(spec.count for spec in places() if spec.name == "decide")
    assert counted is not None
    assert (counted(store), len(store.decisions())) == (1, 1)
    with second_laptop(store, tmp_path / "laptop") as laptop:
        laptop.apply(all_changes(store))
        look_for_duplicates(laptop)
        assert (counted(laptop), len(laptop.decisions())) == (0, 1)
        hand_over(store, store.decisions()[0], laptop.worker)
        laptop.apply(all_changes(store))
        assert counted(laptop) == 1
