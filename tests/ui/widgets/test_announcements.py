"""What a screen reader is told by itself: saves when it has finished, refusals at once; nothing said, nothing told."""

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from outreach_app.model.fields import Field, Shape
from ui.pages.doors import Door
from ui.widgets import announcements
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.forms.forms import RecordForm
from ui.widgets.forms.parts import Lookups
from ui.widgets.status_bars import StatusBar

URGENT = QAccessible.AnnouncementPoliteness.Assertive
POLITE = QAccessible.AnnouncementPoliteness.Polite
Heard = list[tuple[str, QAccessible.AnnouncementPoliteness]]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What a screen reader would say, in order."""
    told: Heard = []

    class Reader:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            told.append((event.message(), event.politeness()))

    monkeypatch.setattr(announcements, "QAccessible", Reader)
    return told


def test_a_save_is_said_politely(qtbot: QtBot, heard: Heard) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_saved("10:42:07")
    assert heard == [("Saved 10:42:07", POLITE)]


def test_why_a_field_cannot_be_used_is_said_at_once_and_taken_back_in_silence(qtbot: QtBot, heard: Heard) -> None:
    field = LabelledField("Name", LineEdit())
    qtbot.addWidget(field)
    field.refuse("Please write a name.")
    field.refuse("")
    assert heard == [("Please write a name.", URGENT)]


def test_a_forms_refusal_and_a_doors_are_said_at_once(qtbot: QtBot, heard: Heard) -> None:
    lookups = Lookups(lambda _kind, _typed, _deliver: None, lambda _field, _typed, _deliver: None)
    form = RecordForm([Field("Seats", Shape.NUMBER, name="seats")], lookups, new=True)
    qtbot.addWidget(form)
    form.parts["seats"].restore("many")
    assert form.values() is None
    door = Door()
    qtbot.addWidget(door)
    door.refuse("This passphrase opens nothing here.")
    assert [politeness for _words, politeness in heard] == [URGENT, URGENT]
    assert "many" in heard[0][0]
