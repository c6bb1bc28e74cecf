"""Lists: every kind can be looked through, found by a few letters, sorted by its headings and opened by Enter."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import DeclarativeBase, Mapped

from outreach_app.model.fields import date as day
from outreach_app.model.fields import text
from outreach_app.model.kinds import About, RecordColumns, Registry
from outreach_app.model.records import REGISTRY
from outreach_app.operations.filters import How
from outreach_app.operations.named_lists import columns_shown, named_lists
from outreach_app.operations.records import edit_record, make_record
from outreach_app.store.stores import Store
from outreach_app.texts import speak
from tests.helpers.accessibility import nameless
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk, Destination
from ui.jobs import Jobs
from ui.messages import Message, Messages
from ui.pages.comparing import ComparingPage
from ui.pages.lists import BESIDE, PLACES, ListPage, go_to_list, go_to_new, place_of
from ui.pages.places import places
from ui.pages.record_lists import RecordList
from ui.widgets.fields import LineEdit

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
HOUR = "2026-11-21T10:00:00-05:00"


def opened(qtbot: QtBot, desk: Desk, kind: str, **arguments: Any) -> OnPage[ListPage]:
    return OnPage(qtbot, desk, ListPage(desk, kind), **arguments)


def shown(of: RecordList, column: int = 0) -> list[str]:
    return [str(of.model.index(row, column).data()) for row in range(of.model.rowCount())]


def heads(of: RecordList) -> list[str]:
    across = range(of.model.columnCount())
    return [str(of.model.headerData(at, Qt.Orientation.Horizontal)) for at in across if not of.table.isColumnHidden(at)]


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    """Three people."""
    return {
        name: make_record(store, "people", {"name": name, **values})[0]
        for name, values in (
            ("Carl Hyde", {"town": "Almond", "phones": [{"number": "8285550117", "kind": "mobile"}]}),
            ("Ada Crowe", {"town": "Sylva"}),
            ("Ben Arch", {}),
        )
    }


def test_every_kind_that_people_edit_is_looked_through_somewhere() -> None:
    listed = {*PLACES, *(kind for kinds in BESIDE.values() for kind in kinds)}
    assert listed == {name for name, kind in REGISTRY.items() if kind.about.in_forms}
    assert {place_of(kind) for kind in listed} <= {spec.name for spec in places() if spec.in_sidebar}


@pytest.mark.usefixtures("people")
def test_a_list_shows_its_listed_fields_the_way_people_say_them(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people")
    assert on.page.header.title.text() == "People"
    assert on.page.header.subtitle.text() == "3 in all"
    assert heads(on.page.in_view) == ["Name", "Phones", "E-mails", "Preferred language", "Town", "County"]
    assert shown(on.page.in_view) == ["Ada Crowe", "Ben Arch", "Carl Hyde"]
    assert shown(on.page.in_view, 1) == ["", "", "(828) 555-0117"]
    assert on.page.in_view.search.hasFocus()


@pytest.mark.usefixtures("people")
def test_a_few_letters_find_and_enter_opens_what_they_single_out(
    qtbot: QtBot, desk: Desk, people: dict[str, str]
) -> None:
    on = opened(qtbot, desk, "people")
    on.type("a")
    assert shown(on.page.in_view) == ["Ada Crowe", "Ben Arch", "Carl Hyde"]  # Almond begins with it too
    on.type("d")
    assert shown(on.page.in_view) == ["Ada Crowe"]
    assert on.page.header.subtitle.text() == "1 found"
    on.press(Qt.Key.Key_Return, PLAIN)
    assert on.went == [Destination("record", {"kind": "people", "record": people["Ada Crowe"]})]


@pytest.mark.usefixtures("people")
def test_what_was_found_for_letters_typed_before_is_not_shown_any_more(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people")
    told: list[str] = []
    on.page.in_view.counted.connect(told.append)
    on.type("ada")  # faster than anything is found
    assert told == ["1 found"]


def test_letters_that_find_nothing_say_so_and_take_it_back(qtbot: QtBot, desk: Desk, people: dict[str, str]) -> None:
    on = opened(qtbot, desk, "people")
    on.type("zz")
    listed = on.page.in_view
    assert (listed.nothing.isVisible(), listed.card.isVisible(), listed.empty.isVisible()) == (True, False, False)
    assert listed.nothing.button is not None
    listed.nothing.button.click()
    on.settle()
    assert len(shown(listed)) == len(people)
    assert (listed.search.text(), listed.search.hasFocus(), listed.nothing.isVisible()) == ("", True, False)


def test_down_goes_to_the_lines_and_enter_or_a_double_click_opens_one(
    qtbot: QtBot, desk: Desk, people: dict[str, str]
) -> None:
    on = opened(qtbot, desk, "people")
    on.press(Qt.Key.Key_Down, PLAIN)
    assert on.page.in_view.table.hasFocus()
    on.press(Qt.Key.Key_Down, PLAIN)
    on.press(Qt.Key.Key_Return, PLAIN)
    assert on.went[-1].arguments["record"] == people["Ben Arch"]
    table = on.page.in_view.table
    place = table.visualRect(on.page.in_view.model.index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    assert on.went[-1].arguments["record"] == people["Carl Hyde"]


@pytest.mark.usefixtures("people")
def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people")
    listed = on.page.in_view
    header = listed.table.horizontalHeader()
    town = heads(listed).index("Town")
    for expected in (["Carl Hyde", "Ada Crowe", "Ben Arch"], ["Ada Crowe", "Carl Hyde", "Ben Arch"]):
        x = header.sectionViewportPosition(town) + 20
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(x, 10))
        on.settle()
        assert shown(listed) == expected


def test_an_empty_list_says_what_would_be_here_and_how_to_begin(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "events")
    empty = on.page.in_view.empty
    assert empty.isVisible()
    assert empty.button is not None
    assert empty.button.accessibleName() == "New event"
    empty.button.click()
    assert (on.went[0].page, on.went[0].arguments["kind"], on.went[0].arguments["record"]) == ("record", "events", None)


def test_ctrl_n_begins_a_new_one_each_time_another(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "groups")
    for _time in range(2):
        on.press(Qt.Key.Key_N, CONTROL)
    first, second = (to.arguments for to in on.went)
    assert first["kind"] == second["kind"] == "groups"
    assert first["begun"] != second["begun"]


@pytest.mark.usefixtures("people")
def test_what_is_saved_elsewhere_is_in_the_list_at_once(qtbot: QtBot, desk: Desk, people: dict[str, str]) -> None:
    on = opened(qtbot, desk, "people")
    on.page.in_view.table.selectRow(1)
    desk.do(make_record, "people", {"name": "Dale Cope"})
    desk.do(edit_record, "people", people["Ben Arch"], {"name": "Ben Archer"})
    on.settle()
    assert shown(on.page.in_view) == ["Ada Crowe", "Ben Archer", "Carl Hyde", "Dale Cope"]
    assert on.page.header.subtitle.text() == "4 in all"
    assert on.page.in_view.table.currentIndex().row() == 1


def test_kinds_that_belong_to_it_are_a_chip_away_and_only_some_of_them_can_be_shown(
    qtbot: QtBot, desk: Desk, store: Store, people: dict[str, str]
) -> None:
    for name in ("Ada Crowe", "Ben Arch"):
        make_record(store, "consents", {"person": people[name], "channel": "phone", "state": "granted"})
    on = opened(qtbot, desk, "people")
    on.page.which.chip("consents").click()
    on.settle()
    assert on.page.title == "Consents"
    assert sorted(shown(on.page.in_view)) == ["Ada Crowe", "Ben Arch"]
    only = {"kind": "consents", "where": {"person": people["Ada Crowe"]}, "of": "Ada Crowe"}
    on.page.shown(**only)
    on.settle()
    assert shown(on.page.in_view) == ["Ada Crowe"]
    on.press(Qt.Key.Key_N, CONTROL)
    assert on.went[-1].arguments["person"] == people["Ada Crowe"]
    chip = on.page.in_view.only.children()[-1]
    chip.click()  # type: ignore[attr-defined]  # the chip that says whose
    on.settle()
    assert sorted(shown(on.page.in_view)) == ["Ada Crowe", "Ben Arch"]
    on.page.shown()
    on.settle()
    assert on.page.title == "People"


def test_an_events_own_page_is_reached_from_its_list(
    qtbot: QtBot, desk: Desk, store: Store, said: list[Message]
) -> None:
    fair, _made = make_record(store, "events", {"name": "Health fair", "starts": HOUR})
    on = opened(qtbot, desk, "events")
    on.press(Qt.Key.Key_D)
    assert "Choose a line" in said[-1].text
    on.press(Qt.Key.Key_Down, PLAIN)
    on.press(Qt.Key.Key_Return, PLAIN)
    assert on.went == [Destination("event", {"event": fair})]
    on.press(Qt.Key.Key_D)
    assert on.went[-1] == Destination("record", {"kind": "events", "record": fair})


def test_what_is_late_is_amber_and_says_how_late(qtbot: QtBot, desk: Desk, store: Store) -> None:
    today = date.today()
    for what, days, state in (("Call", -2, "open"), ("Write", -2, "done"), ("Ask", 1, "open")):
        due = (today + timedelta(days=days)).isoformat()
        make_record(store, "follow_ups", {"what": what, "due": due, "state": state})
    on = opened(qtbot, desk, "follow_ups")
    listed = on.page.in_view
    at = heads(listed).index("Due")
    assert shown(listed) == ["Call", "Ask", "Write"]
    assert shown(listed, at)[:2] == ["2 days late", "tomorrow"]
    amber = [listed.model.index(row, at).data(Qt.ItemDataRole.ForegroundRole) is not None for row in range(3)]
    assert amber == [True, False, False]
    assert (today - timedelta(days=2)).strftime("%Y") in listed.model.index(0, at).data(Qt.ItemDataRole.ToolTipRole)


def test_themes_are_called_by_their_spanish_names_in_spanish(qtbot: QtBot, desk: Desk, store: Store) -> None:
    theme = next(view for view in store.list("themes") if view.values["name_es"] != view.title)
    make_record(store, "feedback", {"verbatim": "Más autobuses.", "themes": [theme.id]})
    speak("es")
    on = opened(qtbot, desk, "feedback")
    assert theme.values["name_es"] in [
        shown(on.page.in_view, at)[0] for at in range(on.page.in_view.model.columnCount())
    ]


def test_other_pages_go_to_a_list_and_to_a_new_record_by_name(desk: Desk) -> None:
    went: list[Destination] = []
    desk.went.connect(went.append)
    go_to_list(desk, "sign_ins", {"event": "e"}, "Health fair")
    go_to_new(desk, "responses", feedback="f")
    assert went[0] == Destination("events", {"kind": "sign_ins", "where": {"event": "e"}, "of": "Health fair"})
    assert (went[1].page, went[1].arguments["feedback"]) == ("record", "f")


class Base(DeclarativeBase):
    """The kinds of this test alone."""


class Boat(RecordColumns, Base):
    """A kind no program ships."""

    __tablename__ = "boats"
    about = About("Boats", "Boat")

    name: Mapped[str | None] = text("Name", searched=True, listed=True, required=True)
    launched: Mapped[str | None] = day("Launched", listed=True)


@pytest.fixture
def boats(jobs: Jobs, messages: Messages) -> Iterator[Desk]:
    """A desk on a store of boats."""
    with closing(Store.in_memory(worker="Ada", department="Hill", registry=Registry(Base))) as store:
        make_record(store, "boats", {"name": "Heron", "launched": "1999-05"})
        desk = Desk(store, jobs, messages)
        yield desk
        jobs.stop()
        desk.deleteLater()


def test_a_kind_nobody_has_heard_of_has_its_list_from_its_fields_alone(qtbot: QtBot, boats: Desk) -> None:
    on = opened(qtbot, boats, "boats")
    assert on.page.header.title.text() == "Boats"
    assert heads(on.page.in_view) == ["Name", "Launched"]
    assert [shown(on.page.in_view, at) for at in (0, 1)] == [["Heron"], ["May 1999"]]
    assert not on.page.which.isVisible()


def chosen(of: RecordList, *rows: int) -> None:
    for row in rows:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        of.table.selectionModel().select(of.model.index(row, 0), flags)


@pytest.mark.usefixtures("people")
def test_filters_are_combined_taken_away_and_kept_under_a_name(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people")
    on.press(Qt.Key.Key_F)
    of, bar = on.page.in_view, on.page.in_view.filters
    assert bar.field.hasFocus()
    for field, how, typed in (("town", How.FILLED, ""), ("name", How.HOLDS, "crowe")):
        bar.field.choose(field)
        bar.field.changed.emit(field)
        bar.how.choose(str(how))
        bar.how.changed.emit(str(how))
        if typed:
            bar.place.findChild(LineEdit).setText(typed)
        bar.add.click()
        on.settle()
    assert shown(of) == ["Ada Crowe"]
    assert nameless(on.page) == []
    bar.name.setText("Crowes")
    bar.keep.click()
    on.settle()
    assert [each.name for each in named_lists(desk.store, "people")] == ["Crowes"]
    of.only.take_away("1")
    on.settle()
    assert shown(of) == ["Ada Crowe", "Carl Hyde"]
    of.show_all()
    on.settle()
    assert len(shown(of)) == 3
    kept = bar.lists.itemData(1)
    bar.lists.choose(kept)
    bar.lists.changed.emit(kept)
    on.settle()
    assert shown(of) == ["Ada Crowe"]
    bar.remove.click()
    on.settle()
    assert named_lists(desk.store, "people") == []


@pytest.mark.usefixtures("people")
def test_columns_are_chosen_in_their_order_and_kept_for_the_next_time(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people")
    on.press(Qt.Key.Key_C)
    bar = on.page.in_view.columns_bar
    for name in ("phones", "emails", "preferred_language"):
        bar.chips.take_away(name)
    bar.more.choose("state")
    bar.more.changed.emit("state")
    on.settle()
    assert heads(on.page.in_view) == ["Name", "Town", "County", "State"]
    assert columns_shown(desk.store, "people") == ("name", "town", "county", "state")
    again = opened(qtbot, desk, "people")
    assert heads(again.page.in_view) == ["Name", "Town", "County", "State"]


@pytest.mark.usefixtures("people")
def test_lines_that_moved_before_it_was_their_turn_are_left_alone(qtbot: QtBot, desk: Desk) -> None:
    on = opened(qtbot, desk, "people")
    of = on.page.in_view
    chosen(of, 0, 1)
    desk.do(lambda store: make_record(store, "people", {"name": "Aaron Able"}))  # as a sync that came first
    of.chosen.bar.deleted.emit()
    on.settle()
    assert desk.store.count("people") == 4


@pytest.mark.usefixtures("people")
def test_several_lines_are_changed_and_undone_together_and_two_are_compared(
    qtbot: QtBot, desk: Desk, people: dict[str, str]
) -> None:
    on = opened(qtbot, desk, "people")
    of, bar = on.page.in_view, on.page.in_view.chosen.bar
    chosen(of, 0, 2)
    assert bar.isVisible()
    bar.field.choose("state")
    bar.field.changed.emit("state")
    bar.findChild(LineEdit).setText("NC")
    bar.change.click()
    on.settle()
    assert [view.values["state"] for view in desk.store.list("people")] == ["NC", None, "NC"]
    desk.undo()
    on.settle()
    assert [view.values["state"] for view in desk.store.list("people")] == [None] * 3
    chosen(of, 0, 2)
    bar.compare.click()
    on.settle()
    went = on.went[-1]
    assert (went.page, went.arguments["records"]) == ("compare", (people["Ada Crowe"], people["Carl Hyde"]))
    compared = OnPage(qtbot, desk, ComparingPage(desk), **went.arguments)
    compared.press(Qt.Key.Key_S)
    assert desk.store.count("people") == 2
    assert compared.went[-1].page == "people"
