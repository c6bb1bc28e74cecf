"""Walks over every page of the window: named, reached by keys, in one language at a time, nothing cut when large."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from outreach_app.help_pages import help_pages, help_title
from outreach_app.operations.duplicates import look_for_duplicates
from outreach_app.operations.events import plan_event
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.leaving import Wanted
from outreach_app.operations.partners import NewPartnerContact, record_partner
from outreach_app.operations.printing import make_sheet
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from outreach_app.texts import say, speak
from tests import translations
from tests.helpers.accessibility import nameless, roleless, unseen
from tests.helpers.pseudo import plain_words, speak_pseudo
from tests.helpers.walks import clashing, cut, english_texts, unreachable, untabbed, untranslated
from ui.actions import keys_of
from ui.desks import Desk
from ui.look import Theme, dressed, wear
from ui.main_window import MainWindow
from ui.pages.export_asked import Asked
from ui.pages.places import places, standing

DATA = (
    *("Outreach", "Hill County Health", "Ada Crowe", "Quenby Zorr", "Ysolde Marrak", "Vrindle", "Zarquon", "Grimbly"),
    *("Blorp snerk vint.", "Snerkle", "Swain", "Activity and eating", "Ctrl", "Alt", "Shift", "Enter", "qps"),
    *(help_title(name, "en") for name in help_pages()),
)
"""What stands on the pages and is no text of the program: what people wrote, counties, themes, keys, help."""
PEOPLE = ("Quenby Zorr", "Quenby Zorr", "Ysolde Marrak")
Stop = tuple[str, dict[str, object]]
Look = Callable[[MainWindow], list[str]]
Walk = Callable[[Look], None]


@pytest.fixture
def filled(store: Store) -> dict[str, str]:
    """A store with something of most kinds, in words that are no language's; some ids by name."""
    event, _changes = plan_event(store, {"name": "Vrindle", "county": "37173", "starts": "2026-11-21T10:00:00-05:00"})
    make_record(store, "groups", {"name": "Zarquon", "counties": ["37173"]})
    for name in PEOPLE:
        sign_in(store, NewSignIn(event, name, phones=({"number": "828 555 0144"},), consents={"phone": "granted"}))
    theme = next(view for view in store.list("themes") if view.values["parent"])
    record_feedback(store, NewFeedback("Blorp snerk vint.", event, themes=(theme.id,)))
    partner = NewPartnerContact(
        organization_name="Grimbly", follow_up="Snerkle", follow_up_due="2026-11-20", event=event
    )
    record_partner(store, partner)
    make_sheet(store, event)
    look_for_duplicates(store)
    person = store.list("people", limit=1)[0]
    return {"event": event, "person": person.id}


def stops(desk: Desk, ids: dict[str, str]) -> Iterator[Stop]:
    """Every page, and those that show several things, once for each."""
    for spec in places():
        if spec.in_sidebar or spec.at_foot:
            yield spec.name, {}
    for way in ("to_sign_in", "to_feedback", "to_partner"):
        yield "event", {"event": ids["event"], "way": way}
    yield "record", {"kind": "people", "record": ids["person"]}
    yield "record", {"kind": "events", "record": ids["event"]}
    for name, kind in desk.store.registry.items():
        if kind.about.in_forms:
            yield "record", {"kind": name, "record": None}
    yield "returns", {}
    yield "export_choices", {"lists": ("people",), "columns": ("people.name",)}
    yield "named_exports", {"asked": Asked(Wanted())}
    yield "help", {}


@pytest.fixture
def walk(filled: dict[str, str], desk: Desk, qtbot: QtBot) -> Walk:
    """Goes to every page and looks, and fails with all that was found wrong, page by page."""

    def settle() -> None:
        for _again in range(2):
            QApplication.processEvents()
            qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=20_000)

    def walked(look: Look) -> None:
        window = MainWindow(desk, places(), standing)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        found = []
        for name, arguments in stops(desk, filled):
            desk.go(name, **arguments)
            settle()
            faults = look(window)
            for _again in range(20):  # what is laid out anew takes a moment to find its place
                if faults:
                    qtbot.wait(10)
                    settle()
                    faults = look(window)
            where = " ".join((name, *(str(value) for value in arguments.values() if value not in filled.values())))
            found += [f"{where}: {fault}" for fault in faults]
            settle()
            window.message_bar.close_message()
        if found:
            pytest.fail("\n".join(found), pytrace=False)

    return walked


def test_every_page_can_be_walked_by_keyboard_and_read_aloud(walk: Walk) -> None:
    def look(window: MainWindow) -> list[str]:
        page = window.page
        assert page is not None
        reached = [(made.text(), bool(keys_of(made))) for made in page.can.values()]
        named = [f"the title names {name}" for name in {*PEOPLE} if name.split()[0] in window.windowTitle()]
        told = [*nameless(window), *roleless(window), *clashing(window), *unreachable(page, reached), *named]
        strays = [f"{type(each).__name__} is a window of its own" for each in window_strays(window)]
        return [*told, *strays, *unseen(page), *untabbed(window, page)]

    walk(look)


def window_strays(window: MainWindow) -> list[QWidget]:
    """What was shown before it had its place in the window: it takes the keys away from it."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]


def test_every_page_speaks_spanish_and_finds_room_for_it(walk: Walk) -> None:
    speak("es")
    english = english_texts(translations.gathered().said, lambda text: say(text, "es"))
    assert len(english) > 500
    walk(lambda window: [*untranslated(window, english), *cut(window)])


def test_nothing_is_cut_at_twice_the_text_size(walk: Walk, qapp: QApplication) -> None:
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    walk(cut)


def test_nothing_is_cut_in_spanish_at_twice_the_text_size(walk: Walk, qapp: QApplication) -> None:
    """Its words are longer: what has room for either alone need not have it for both."""
    speak("es")
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    walk(cut)


def test_long_words_of_a_language_read_from_the_right_find_room_and_none_is_untranslated(
    walk: Walk, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_pseudo(monkeypatch)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        walk(lambda window: [*plain_words(window, DATA), *cut(window)])
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_what_a_walk_looks_for_is_found(qtbot: QtBot) -> None:
    """The looks themselves can fail: each of them sees the fault it is for."""
    from PySide6.QtWidgets import QLabel, QPushButton, QWidget

    host = QWidget()
    qtbot.addWidget(host)
    host.resize(300, 200)
    label, first, second = QLabel("A sentence that has no room", host), QPushButton("Save", host), QPushButton("", host)
    label.setGeometry(0, 0, 20, 20)
    first.setGeometry(250, 100, 100, 40)
    second.setGeometry(0, 150, 60, 40)
    for button in (first, second):
        button.setShortcut("Alt+S")
    host.show()
    assert any("wide, needs" in fault for fault in cut(host))
    assert nameless(host) == ["QPushButton in QWidget"]
    assert clashing(host) == ["Alt+S is claimed by Save and "]
    second.setText("Print")
    second.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    first.setAccessibleName("Save")
    assert unreachable(host, [("Save", False), ("Print", False), ("Undo", False)]) == ["no key leads to 'Print'"]
    english = {"Save": re.compile("Save"), "Saved {time}": re.compile("Saved .+")}
    assert untranslated(host, english) == ["QPushButton: 'Save'"]
    first.setStyleSheet("QPushButton { outline: none; border: none; }")
    assert unseen(host) == ["QPushButton 'Save' does not show the focus"]
    bare = QWidget(host)
    bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bare.show()
    assert roleless(host) == ["QWidget '' has no role"]
    label.setText("Saved 10:42")
    assert "QLabel: 'Saved 10:42'" in untranslated(host, english)
