"""What we heard: the counts of a workbook's summary as bars that lead to what they count, or as tables."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from outreach_app.operations.exporting import export_workbook
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.records import make_record
from outreach_app.operations.sign_ins import NewSignIn, sign_in
from outreach_app.store.stores import Store
from outreach_app.texts import speak
from tests.helpers.event_hands import ALT
from tests.helpers.shown_pages import OnPage
from ui.desks import Desk
from ui.pages.heard import HeardPage
from ui.pages.lists import ListPage

On = OnPage[HeardPage]


@pytest.fixture
def season(store: Store) -> list[str]:
    """Fourteen events, to which more and more people came; something said, some of it sealed."""
    events = [
        make_record(store, "events", {"name": f"Fair {number:02}", "starts": "2026-11-21", "county": "37173"})[0]
        for number in range(14)
    ]
    for number, event in enumerate(events[:13]):
        for each in range(number + 1):
            sign_in(store, NewSignIn(event, f"Visitor {number} {each}"))
    theme, other = (view.id for view in store.list("themes")[:2])
    for themes, sensitive in (((theme,), False), ((theme, other), False), ((theme,), True)):
        record_feedback(store, NewFeedback("The van is late", events[0], themes=themes, sensitive=sensitive))
    return events


def bars(on: On, name: str) -> list[tuple[str, int]]:
    return [(bar.name, bar.figure) for bar in on.page.cards[name].bars.bars]


def test_with_nothing_captured_it_says_what_comes_here(qtbot: QtBot, desk: Desk) -> None:
    on = OnPage(qtbot, desk, HeardPage(desk))
    assert (on.page.empty.isVisible(), on.page.room.isVisible()) == (True, False)
    assert not on.page.can["as_table"].isEnabled()


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize("language", ["en", "es"])
def test_its_figures_are_those_of_the_workbook_s_summary(
    qtbot: QtBot, desk: Desk, store: Store, tmp_path: Path, language: str
) -> None:
    speak(language)
    export_workbook(store, tmp_path / "all.xlsx", language=language)
    [sheet] = [each for each in openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets if each._charts]
    in_book = [
        (str(name), number) for name, number in sheet.iter_rows(max_col=2, values_only=True) if type(number) is int
    ]
    on = OnPage(qtbot, desk, HeardPage(desk))
    for card in on.page.cards.values():
        card._show_all()
    names = ("sign_ins_by_event", "sign_ins_by_county", "feedback_by_theme")
    assert [bar for name in names for bar in bars(on, name)] == in_book


def test_the_largest_stand_first_and_all_are_shown_when_asked_for(qtbot: QtBot, desk: Desk, season: list[str]) -> None:
    assert len(season) == 14
    on = OnPage(qtbot, desk, HeardPage(desk))
    card = on.page.cards["sign_ins_by_event"]
    assert bars(on, "sign_ins_by_event")[0] == ("Fair 12 · 2026-11-21", 13)
    assert (len(card.bars.bars), card.all.text(), card.total.text()) == (12, "Show all 13", "91 in all")
    card.all.click()
    assert (len(card.bars.bars), card.all.isVisible()) == (13, False)


def test_a_bar_opens_the_list_it_counts_by_key_and_by_click(qtbot: QtBot, desk: Desk, season: list[str]) -> None:
    assert season
    on = OnPage(qtbot, desk, HeardPage(desk))
    for name, card in on.page.cards.items():
        for bar in card.bars.bars[:2]:
            line = card.bars.line(bar.name)
            assert line.accessibleName() == f"{bar.name}, {bar.figure}"
            line.setFocus()
            on.press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            opened = ListPage(desk, on.page._figures[name].counted.of)
            qtbot.addWidget(opened)
            opened.shown(**on.went[-1].arguments)
            on.settle()
            assert on.went[-1].arguments["of"] == bar.name
            assert opened.header.subtitle.text().split()[0] == str(bar.figure)


@pytest.mark.usefixtures("season")
def test_up_and_down_move_from_bar_to_bar(qtbot: QtBot, desk: Desk) -> None:
    on = OnPage(qtbot, desk, HeardPage(desk))
    shown = on.page.cards["sign_ins_by_event"].bars
    first, second = (shown.line(bar.name) for bar in shown.bars[:2])
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


@pytest.mark.usefixtures("season")
def test_the_same_counts_are_there_as_tables(qtbot: QtBot, desk: Desk) -> None:
    on = OnPage(qtbot, desk, HeardPage(desk))
    card = on.page.cards["sign_ins_by_event"]
    on.press(Qt.Key.Key_T, ALT)
    assert card.table is not None
    assert (len(card.table.lines), card.table.lines[0]) == (13, ["Fair 12 · 2026-11-21", "13"])
    assert (card.bars.isVisible(), on.page.table_button.text()) == (False, "As pictures")
    on.press(Qt.Key.Key_T, ALT)
    assert (card.table, card.bars.isVisible()) == (None, True)


def test_what_is_saved_meanwhile_is_counted(qtbot: QtBot, desk: Desk, season: list[str]) -> None:
    on = OnPage(qtbot, desk, HeardPage(desk))
    desk.do(sign_in, NewSignIn(season[12], "One more"))
    on.settle()
    assert bars(on, "sign_ins_by_event")[0] == ("Fair 12 · 2026-11-21", 14)


def test_of_several_of_one_bar_a_new_one_begins_empty(qtbot: QtBot, desk: Desk, season: list[str]) -> None:
    assert season
    listed = OnPage(qtbot, desk, ListPage(desk, "events"), kind="sign_ins", where={"event": tuple(season)}, of="Swain")
    listed.page.new()
    assert "event" not in listed.went[-1].arguments


@pytest.mark.usefixtures("season")
def test_the_map_shows_who_came_where_and_leads_there(qtbot: QtBot, desk: Desk) -> None:
    on = On(qtbot, desk, HeardPage(desk, lambda: date(2027, 2, 1)))
    assert on.page.map.said.text() == "1 of 100 counties in NC. The number is how many came there."
    assert on.page.map.map.accessibleDescription() == "Swain County, NC: 91"
    on.page.map.map.opened.emit("37173")
    assert on.went[-1].arguments["of"] == "Swain County, NC"
    silent = [(line.text, line.trailing) for line in on.page.gaps.list.rows]
    assert silent[0] == ("Swain County, NC", "10 weeks")
    on.page.gaps.list.line("counties 37173").click()
    assert on.went[-1].arguments["county"] == "37173"
    assert on.page.steps.accessibleDescription().startswith("Heard 3, Sorted 3")
