"""The tour: offered to who is new, left at any step, and not offered again."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.help_pages import help_folder
from outreach_app.operations.records import make_record
from outreach_app.store.stores import Store
from outreach_app.texts import LANGUAGES
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.pages.places import places
from ui.pages.today import TodayPage
from ui.pages.tour import STEPS, TourPage, is_new_here

NOTHING = Qt.KeyboardModifier.NoModifier


def test_each_step_leads_to_a_page_there_is_and_shows_a_picture_there_is() -> None:
    there = {spec.name for spec in places()}
    assert {step.page for step in STEPS} <= there
    pictures = {step.picture for step in STEPS} - {""}
    assert all((help_folder(each) / "pictures" / f"{name}.png").is_file() for each in LANGUAGES for name in pictures)


def test_it_goes_step_by_step_there_and_back(qtbot: QtBot, desk: Desk, store: Store) -> None:
    on = OnPage(qtbot, desk, TourPage(desk))
    assert on.page.header.subtitle.text() == f"Step 1 of {len(STEPS)}"
    assert on.page.next_button.hasFocus()
    assert not on.page.picture.pixmap().isNull()
    assert not on.page.can["before"].isEnabled()
    on.press(Qt.Key.Key_N)
    assert on.page.name.text() == "A name is enough"
    assert on.page.picture.pixmap().isNull()
    on.press(Qt.Key.Key_G)
    assert on.went[-1].page == "events"
    on.press(Qt.Key.Key_B)
    for _step in STEPS:
        on.press(Qt.Key.Key_N)
    assert on.went[-1].page == "today"
    assert not is_new_here(store)


def test_it_is_left_at_any_step(qtbot: QtBot, desk: Desk, store: Store) -> None:
    on = OnPage(qtbot, desk, TourPage(desk))
    on.press(Qt.Key.Key_N)
    on.press(Qt.Key.Key_Escape, NOTHING)
    assert on.went[-1].page == "today"
    assert not is_new_here(store)


def test_today_offers_it_to_who_is_new_until_they_say_not_now(qtbot: QtBot, desk: Desk) -> None:
    on = OnPage(qtbot, desk, TodayPage(desk, lambda: date(2026, 11, 21)))
    assert on.page.tour.isVisible()
    on.page.tour.show_me.click()
    assert on.went[-1].page == "tour"
    on.page.tour.no_thanks.click()
    on.page.refresh()
    on.settle()
    assert not on.page.tour.isVisible()


def test_who_has_worked_here_is_not_new(store: Store) -> None:
    assert is_new_here(store)
    for number in range(30):
        make_record(store, "people", {"name": str(number)})
    assert not is_new_here(store)
