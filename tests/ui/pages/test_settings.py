"""The page of settings: the department's saved together, this laptop's at once, a file, a PIN, a logo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from outreach_app.operations.events import plan_event
from outreach_app.operations.settings import change_settings, setting, settings, visitor_pin_opens
from outreach_app.operations.settings_files import save_settings
from outreach_app.store.stores import Store
from tests.helpers.little_pictures import png
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.messages import Message
from ui.pages.record import RecordPage
from ui.pages.settings import SettingsPage
from ui.widgets.forms.choices import BoxPart

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def on(qtbot: QtBot, desk: Desk) -> OnPage[SettingsPage]:
    return OnPage(qtbot, desk, SettingsPage(desk))


def test_what_is_typed_of_the_department_is_saved_together_and_undone(
    on: OnPage[SettingsPage], desk: Desk, store: Store, said: list[Message]
) -> None:
    on.page.department.parts["call_today"].named.setFocus()
    on.type("Rosa, 828 555 0100")
    on.page.department.parts["threshold"].restore("20")
    on.press(Qt.Key.Key_Return, CONTROL)
    assert (setting(store, "call_today"), setting(store, "threshold")) == ("Rosa, 828 555 0100", 20)
    assert said[-1].link
    desk.undo()
    on.settle()
    assert setting(store, "call_today") is None
    assert on.page.department.parts["call_today"].value() is None


def test_what_cannot_be_is_said_below_it_and_nothing_is_saved(
    on: OnPage[SettingsPage], store: Store, said: list[Message]
) -> None:
    on.page.department.parts["phone"].restore("828 555 0100")
    on.page.department.parts["threshold"].restore("1")
    on.page.save()
    on.settle()
    assert setting(store, "phone") is None
    assert "2" in said[-1].text
    assert on.page.department.parts["phone"].touched  # it still stands there, to be mended and saved


def test_what_is_chosen_for_this_laptop_holds_at_once(on: OnPage[SettingsPage], desk: Desk, store: Store) -> None:
    told: list[bool] = []
    desk.set_up.connect(lambda: told.append(True))
    on.page.laptop.parts["idle_minutes"].chips.chip("5").click()  # type: ignore[attr-defined]  # few, so chips
    on.settle()
    assert setting(store, "idle_minutes") == "5"
    assert told == [True]


def test_a_logo_and_a_pin_are_chosen_and_taken_away(on: OnPage[SettingsPage], store: Store, tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    picture.write_bytes(png())
    on.page.logo.take(picture)
    on.settle()
    assert on.page.logo.picture.isVisible()
    on.page.logo.away.click()
    on.settle()
    assert setting(store, "logo") is None
    assert not on.page.logo.picture.isVisible()
    on.page.pin.pin.line.setText("48")
    on.page.pin.button.click()
    on.settle()
    assert "4" in on.page.pin.pin.field.reason.text()
    on.page.pin.pin.line.setText("4821")
    on.page.pin.button.click()
    on.settle()
    assert visitor_pin_opens(store, "4821")
    assert on.page.pin.pin.text == ""


def test_a_file_sets_this_laptop_up(on: OnPage[SettingsPage], store: Store, tmp_path: Path) -> None:
    change_settings(store, {"theme": "contrast", "phone": "828 555 0100"})
    file = tmp_path / "alike.settings.json"
    save_settings(store, file)
    change_settings(store, {"theme": None, "phone": None})
    on.page.alike.take(file)
    on.settle()
    assert (setting(store, "theme"), setting(store, "phone")) == ("contrast", "828 555 0100")


def test_a_worker_reads_the_departments_and_changes_none(qtbot: QtBot, desk: Desk, store: Store) -> None:
    change_settings(store, {"call_today": "Rosa, 828 555 0100"})
    store.role = "worker"
    on = OnPage(qtbot, desk, SettingsPage(desk))
    assert not on.page.department.isVisible()
    assert any("Rosa" in text for _label, text in on.page.told.facts)


def test_only_the_levels_of_the_departments_scale_are_offered_and_one_of_another_keeps_its_name(
    qtbot: QtBot, desk: Desk, store: Store
) -> None:
    event, _changes = plan_event(store, {"name": "Fire hall", "engagement_level": "empower"})
    change_settings(store, {"engagement_scheme": "power"})
    desk.chosen = settings(store)
    page = OnPage(qtbot, desk, RecordPage(desk), kind="events", record=event).page
    assert page.form is not None
    part = page.form.parts["engagement_level"]
    assert isinstance(part, BoxPart)
    offered = [part.box.itemText(at) for at in range(part.box.count())]
    assert "Defer to" in offered
    assert "Consult" not in offered
    assert (part.box.currentText(), part.touched) == ("Empower", False)
