"""Texts for sharing: written beside what was said, warned about, released by one key, the next by itself, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from outreach_app.model.reviewed_texts import reviewed
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.records import edit_record, make_record
from outreach_app.operations.sharing import release, write_text
from outreach_app.store.stores import Store
from tests.helpers.event_hands import ALT, CTRL
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.jobs import Jobs
from ui.messages import Message, Messages
from ui.pages.sharing import SharingPage

PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pantry(store: Store) -> str:
    return make_record(store, "organizations", {"name": "Pine Pantry"})[0]


@pytest.fixture
def said_there(store: Store, pantry: str) -> list[str]:
    """Three pieces that may be shared, said at Pine Pantry's fair; one sealed, one that may not be."""
    event, _made = make_record(store, "events", {"name": "Fair", "host": pantry})
    make_record(store, "people", {"name": "Maria Fuentes"})
    for answer, sensitive in (("yes", True), ("no", False)):
        record_feedback(store, NewFeedback("Not for others", event, may_share=answer, sensitive=sensitive))
    words = ("Maria's bus is late", "The line is long", "No ramp")
    return [record_feedback(store, NewFeedback(each, event, may_share="yes"))[0] for each in words]


class OnSharing(OnPage[SharingPage]):
    def type(self, text: str) -> None:
        QTest.keyClicks(self.page.editor.text, text)
        self.page._look()  # as a quarter of a second later
        self.settle()

    @property
    def stages(self) -> list[str]:
        return [self.page.which.chip(stage).text() for stage in ("to_write", "written", "released")]

    @property
    def listed(self) -> list[str]:
        return [row.key for row in self.page.list.rows]

    @property
    def words(self) -> str:
        return self.page.editor.verbatim.text()


@pytest.fixture
def on(qtbot: QtBot, desk: Desk, said_there: list[str]) -> OnSharing:  # noqa: ARG001 - they are there first
    return OnSharing(qtbot, desk, SharingPage(desk))


def values(store: Store, feedback: str) -> dict[str, object]:
    view = store.get("feedback", feedback)
    assert view is not None
    return dict(view.values)


def test_with_nothing_said_it_says_what_comes_here(qtbot: QtBot, desk: Desk) -> None:
    on = OnSharing(qtbot, desk, SharingPage(desk))
    assert on.page.empty.isVisible()
    assert on.page.which.chip("to_write").hasFocus(), "and no key leaves the page unasked"
    assert [name for name in ("release", "save", "take_back", "begin") if on.page.can[name].isEnabled()] == []


def test_what_was_said_stands_beside_the_text_and_who_said_it_does_not(on: OnSharing, said_there: list[str]) -> None:
    assert (on.listed, on.words) == (said_there, "Maria's bus is late")
    assert on.stages == ["To write 3", "Written, not released 0", "Released 0"]
    assert on.page.editor.text.hasFocus()
    assert not on.page.can["release"].isEnabled(), "there is no text yet"


def test_one_key_releases_it_and_the_next_comes_by_itself(
    on: OnSharing, store: Store, said_there: list[str], pantry: str, desk: Desk, said: list[Message]
) -> None:
    on.type("The bus is late")
    on.press(Qt.Key.Key_4, ALT)
    on.press(Qt.Key.Key_R, ALT)
    first = values(store, said_there[0])
    by = reviewed(store.worker, "The bus is late")
    assert (first["text_for_sharing"], first["reviewed_by"]) == ("The bus is late", by)
    assert [each["value"] for each in first["released_to"]] == [pantry]  # type: ignore[attr-defined]  # its elements
    assert (said[-1].text, on.words, on.page.editor.text.text) == ("Released.", "The line is long", "")
    assert on.page.editor.text.hasFocus()
    assert on.page.editor.partners == (), "nobody is chosen for the next"
    desk.undo()  # as Ctrl+Z does
    on.settle()
    on.settle()
    assert values(store, said_there[0])["text_for_sharing"] is None
    assert on.words == "Maria's bus is late", "what was undone is in hand again"


def test_what_still_tells_is_named_and_hinders_nothing(on: OnSharing, store: Store, said_there: list[str]) -> None:
    assert not on.page.editor.clear.isVisible()  # while there is no text, there is nothing to say of it
    on.type("The bus is late")
    assert on.page.editor.clear.isVisible()
    on.page.editor.text.clear()
    on.press(Qt.Key.Key_W, ALT)
    on.type(" on Tuesday")
    tells = on.page.editor.tells
    assert tells.text() == "It still tells: a name (“Maria's”), a day or time (“Tuesday”)."
    assert (tells.isVisible(), on.page.editor.clear.isVisible()) == (True, False)
    on.press(Qt.Key.Key_R, ALT)
    assert values(store, said_there[0])["text_for_sharing"] == "Maria's bus is late on Tuesday"


def test_what_is_saved_waits_to_be_released(on: OnSharing, said_there: list[str], said: list[Message]) -> None:
    on.type("The bus")
    on.press(Qt.Key.Key_Return, CTRL)
    assert (said[-1].text, on.stages[:2]) == (
        "Saved. It is not released yet.",
        ["To write 2", "Written, not released 1"],
    )
    on.press(Qt.Key.Key_2, ALT)
    assert (on.listed, on.page.editor.text.text) == (said_there[:1], "The bus")
    on.press(Qt.Key.Key_R, ALT)
    assert on.page.empty.isVisible()
    assert on.stages == ["To write 2", "Written, not released 0", "Released 1"]
    on.press(Qt.Key.Key_3, ALT)
    assert on.page.editor.take_back.isVisible()
    on.press(Qt.Key.Key_T, ALT)
    assert on.stages == ["To write 2", "Written, not released 1", "Released 0"]


def test_what_is_typed_stays_where_it_was_typed(on: OnSharing, said_there: list[str], desk: Desk) -> None:
    on.type("Half a")
    on.page.list.line(said_there[1]).click()
    on.settle()
    assert (on.words, on.page.editor.text.text) == ("The line is long", "")
    on.page.list.line(said_there[0]).click()
    on.settle()
    assert (on.words, on.page.editor.text.text) == ("Maria's bus is late", "Half a")
    desk.do(make_record, "people", {"name": "Somebody"})
    on.settle()
    assert on.page.editor.text.text == "Half a", "whatever else is saved meanwhile"


def test_what_is_typed_while_it_is_saved_waits_with_it(on: OnSharing, store: Store, said_there: list[str]) -> None:
    on.type("The bus")
    on.page.save()
    QTest.keyClicks(on.page.editor.text, " is late")
    on.settle()
    assert (values(store, said_there[0])["text_for_sharing"], on.words) == ("The bus", "The line is long")
    on.press(Qt.Key.Key_2, ALT)
    assert on.page.editor.text.text == "The bus is late"
    assert on.page.can["save"].isEnabled()


def test_another_partner_is_found_by_typing(on: OnSharing, store: Store, said_there: list[str]) -> None:
    clinic, _made = make_record(store, "organizations", {"name": "Sylva Clinic"})
    on.type("Late")
    another = on.page.editor.another
    another.field.setFocus()
    QTest.keyClicks(another.field, "sylva")
    on.settle()
    on.press(Qt.Key.Key_Return, PLAIN)
    assert on.page.editor.partners == (clinic,)
    on.press(Qt.Key.Key_R, ALT)
    assert [each["value"] for each in values(store, said_there[0])["released_to"]] == [clinic]  # type: ignore[attr-defined]


def test_who_said_no_since_is_never_released(qtbot: QtBot, desk: Desk, store: Store, said_there: list[str]) -> None:
    write_text(store, said_there[0], "Late")
    edit_record(store, "feedback", said_there[0], {"may_share": "no"})
    on = OnSharing(qtbot, desk, SharingPage(desk), stage="written")
    assert on.page.editor.gets.text().startswith("The speaker said no")
    assert not on.page.can["release"].isEnabled()
    assert not on.page.editor.given.isVisible()


def test_a_worker_writes_and_only_sees_what_is_released(
    qtbot: QtBot, store: Store, jobs: Jobs, messages: Messages, said_there: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    release(store, said_there[1], "The line is long")
    monkeypatch.setattr(store, "role", "worker")
    desk = Desk(store, jobs, messages)
    on = OnSharing(qtbot, desk, SharingPage(desk))
    assert on.page.header.subtitle.text() == "The only words that leave the department. A coordinator releases them."
    on.type("The bus is late")
    assert (on.page.can["release"].isEnabled(), on.page.can["save"].isEnabled()) == (False, True)
    on.press(Qt.Key.Key_3, ALT)
    assert not on.page.can["take_back"].isEnabled()
    jobs.stop()
    desk.deleteLater()
