"""What stands round every page: sidebar, status bar, message bar, progress strip; and cards, tiles, bars, headers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.actions import ActionSpec, made_action
from ui.look import Theme, dressed, look, wear
from ui.messages import Message, MessageKind
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, EmptyState, Sideways
from ui.widgets.charts import Bar, BarChart
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words
from ui.widgets.layouts import Columns, Pane, column, flow, row
from ui.widgets.message_bars import MessageBar
from ui.widgets.progress import ProgressStrip
from ui.widgets.sidebars import Place, PlaceButton, Sidebar
from ui.widgets.status_bars import Standing, StatusBar
from ui.widgets.tiles import CounterTile, StatTiles, TileRow

PLACES = [Place("today", "Today", "calendar-days", "Ctrl+1"), Place("decide", "To decide", "split", waits=True)]


def action_on(widget: QWidget, done: list[object]) -> QAction:
    spec = ActionSpec("sign_in", "Sign in", "Alt+S", "user-plus", checkable=True)
    return made_action(spec, done.append, widget)


def test_the_sidebar_goes_where_it_is_told_and_shows_how_much_is_there(qtbot: QtBot) -> None:
    locked: list[str] = []
    side = Sidebar(PLACES, "Ada Crowe", "Hill County Health", lambda: locked.append("locked"))
    qtbot.addWidget(side)
    side.show()
    went: list[str] = []
    side.went.connect(went.append)
    side.show_place("today")
    side.show_counts({"today": 3, "decide": 2, "elsewhere": 9})
    names = [button.accessibleName() for button in side.findChildren(PlaceButton)]
    assert names == ["Today, 3", "To decide, 2"]
    qtbot.keyClick(side.findChildren(PlaceButton)[1], Qt.Key.Key_Return)
    assert went == ["decide"]
    side.lock.click()
    assert locked == ["locked"]


def test_a_place_at_the_foot_is_gone_to_and_no_other_is_marked_meanwhile(qtbot: QtBot) -> None:
    foot = Place("settings", "Settings", "settings")
    side = Sidebar(PLACES, "Ada", "Hill", lambda: None, (foot,))
    qtbot.addWidget(side)
    went: list[str] = []
    side.went.connect(went.append)
    marked = side.findChildren(PlaceButton)
    side.show_place(PLACES[0].name)
    side.links[0].click()
    side.show_place("settings")
    assert went == ["settings"]
    assert not any(button.isChecked() for button in marked)
    side.show_place(PLACES[1].name)
    assert [button.isChecked() for button in marked] == [False, True]


def test_up_and_down_walk_the_sidebar(qtbot: QtBot) -> None:
    side = Sidebar(PLACES, "Ada", "Hill", lambda: None)
    qtbot.addWidget(side)
    side.show()
    side.activateWindow()
    first, second = side.findChildren(PlaceButton)
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.waitUntil(second.hasFocus)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    qtbot.waitUntil(first.hasFocus)


def test_the_status_bar_says_where_the_work_is(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    bar = StatusBar([(action_on(host, []), "sign in")])
    host.setLayout(column(bar))
    bar.show_standing(Standing(79, 312, 4106))
    bar.show_saved("10:42:07")
    host.resize(1366, 60)
    host.show()
    assert bar.only_here.text() == "79"
    assert bar.received.text() == "4,106 received by the department"
    assert bar.saved.isVisible()
    assert bar.height() >= 38
    host.resize(420, 60)
    assert bar.only_here.isVisible()
    assert not bar.saved.isVisible()


def test_a_fault_stays_until_it_is_closed_and_good_news_goes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.widgets.message_bars._STAYS", 30)
    host = QWidget()
    qtbot.addWidget(host)
    bar = MessageBar(host)
    host.show()
    host.activateWindow()
    bar.show_message(Message("Exported 41 sign-ins.", MessageKind.DONE))
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.show_message(Message("The USB stick is full.", MessageKind.FAULT))
    qtbot.wait(60)
    assert bar.isVisible()
    assert bar.accessibleName() == "The USB stick is full."
    qtbot.keyClick(host, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_message_can_offer_what_to_do(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    bar = MessageBar(host)
    host.show()
    done: list[str] = []
    bar.show_message(Message("Exported.", MessageKind.DONE, "Show the folder", lambda: done.append("shown")))
    assert bar.link.text() == "Show the folder"
    bar.link.click()
    assert done == ["shown"]
    assert not bar.isVisible()
    bar.show_message(Message("Saved."))
    assert not bar.link.isVisible()
    bar.close_message()


def test_good_news_that_offers_something_goes_too_but_not_while_somebody_is_at_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.message_bars._OFFERS", 30)
    monkeypatch.setattr("ui.widgets.message_bars._STAYS", 30)
    host = QWidget()
    qtbot.addWidget(host)
    bar = MessageBar(host)
    host.show()
    host.activateWindow()
    bar.show_message(Message("Saved.", MessageKind.DONE, "Undo", lambda: None))
    bar.link.setFocus()
    qtbot.waitUntil(bar.link.hasFocus)
    qtbot.wait(120)
    assert bar.isVisible()
    bar.link.clearFocus()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_place_one_is_at_is_in_view_in_a_low_window(qtbot: QtBot) -> None:
    places = [Place(f"p{at}", f"Place {at}", "calendar-days") for at in range(30)]
    side = Sidebar(places, "Ada", "Hill", lambda: None)
    qtbot.addWidget(side)
    side.resize(side.sizeHint().width(), 300)
    side.show()
    side.show_place("p29")
    button = side.findChildren(PlaceButton)[29]
    assert button.visibleRegion().boundingRect().height() == button.height()


def test_the_sidebar_has_room_for_words_and_count(qtbot: QtBot) -> None:
    side = Sidebar([Place("one", "Organizaciones aliadas de todo", "users")], "Ada", "Hill", lambda: None)
    qtbot.addWidget(side)
    before = side.sizeHint().width()
    side.show_counts({"one": 12345})
    assert side.sizeHint().width() > before


def test_progress_is_shown_and_can_be_cancelled_once(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    cancelled: list[str] = []
    strip.begin("Merging", lambda: cancelled.append("cancelled"))
    assert strip.isVisible()
    strip.move_to(3, 50, "Reading worker-2.xlsx")
    assert (strip.bar.value(), strip.bar.maximum(), strip.figures.text()) == (3, 50, "3 of 50")
    assert strip.words.text() == "Reading worker-2.xlsx"
    strip.button.click()
    strip.button.click()
    strip.move_to(4, 50, "Reading worker-3.xlsx")
    assert cancelled == ["cancelled"]
    assert strip.words.text() == "Stopping…"
    strip.end()
    assert not strip.isVisible()
    strip.begin("Opening")
    assert not strip.button.isVisible()


def test_a_tile_is_its_action_with_a_count(qtbot: QtBot) -> None:
    host = QWidget()
    done: list[object] = []
    act = action_on(host, done)
    tile = CounterTile(act)
    for each in (host, tile):
        qtbot.addWidget(each)
    tile.count(1043)
    assert (tile.accessibleName(), tile.accessibleDescription()) == ("Sign in, 1,043", "Alt+S")
    tile.click()
    assert done == [True]
    assert tile.isChecked()
    assert tile.isChecked() == act.isChecked()
    assert tile.sizeHint().height() >= look().size("target")
    assert not tile.grab().isNull()


def test_tiles_stand_in_one_line_or_two_by_the_room_there_is(qtbot: QtBot) -> None:
    tiles = [Button(str(number)) for number in range(4)]
    line = TileRow(*tiles)
    qtbot.addWidget(line)
    line.resize(1300, 80)
    line.show()
    assert len({tile.y() for tile in tiles}) == 1
    line.resize(500, 200)
    qtbot.waitUntil(lambda: len({tile.y() for tile in tiles}) == 2)


def test_columns_stand_side_by_side_unless_text_is_large(qtbot: QtBot, qapp: QApplication) -> None:
    left, right = Button("left"), Button("right")
    both = Columns((left, 2), (right, 1))
    qtbot.addWidget(both)
    both.resize(1000, 300)
    both.show()
    assert left.y() == right.y()
    wear(qapp, dressed(qapp, Theme.LIGHT, 2.0))
    both.resize(1001, 300)
    qtbot.waitUntil(lambda: right.y() > left.y())
    wear(qapp, dressed(qapp, Theme.LIGHT))


def test_a_header_puts_its_buttons_below_where_both_do_not_fit(qtbot: QtBot) -> None:
    back: list[str] = []
    button = Button("Sign-in sheet", icon="printer")
    head = PageHeader("Listening session, Almond Fire Hall", "Saturday", button, back=lambda: back.append("back"))
    qtbot.addWidget(head)
    head.resize(1000, 60)
    head.show()
    assert button.x() > head.title.x()
    assert head.back is not None
    assert head.back.accessibleName() == "Back"
    head.back.click()
    assert back == ["back"]
    head.resize(420, 160)
    qtbot.waitUntil(lambda: button.x() < 40)
    head.say("People")
    assert not head.subtitle.isVisible()


def test_wrapping_text_asks_for_no_more_height_than_it_needs(qtbot: QtBot) -> None:
    words = Words("word " * 40, "muted", wrap=True)
    pane = Pane(column(words))
    qtbot.addWidget(pane)
    assert pane.minimumSizeHint().height() < pane.heightForWidth(200)


def test_what_flows_goes_on_in_a_new_line(qtbot: QtBot) -> None:
    buttons = [Button(f"Button {number}") for number in range(6)]
    pane = Pane(flow(*buttons))
    qtbot.addWidget(pane)
    assert pane.heightForWidth(2000) < pane.heightForWidth(300) < pane.heightForWidth(120)
    pane.resize(300, 300)
    pane.show()
    assert len({button.y() for button in buttons}) > 1
    assert all(button.geometry().right() < 300 for button in buttons)


def test_bars_and_figures_say_in_words_what_they_draw(qtbot: QtBot) -> None:
    chart = BarChart([Bar("Transportation", 131), Bar("Food", 0)], name="What we heard")
    figures = StatTiles([(931, "heard"), (1874, "sorted")])
    for each in (chart, figures):
        qtbot.addWidget(each)
        each.resize(400, each.sizeHint().height())
    assert (chart.accessibleName(), chart.accessibleDescription()) == ("What we heard", "Transportation 131, Food 0")
    assert figures.accessibleName() == "931 heard, 1,874 sorted"
    drawn = chart.grab().toImage()
    accent = look().colour("accent").rgb()
    rows = [sum(drawn.pixel(x, y) == accent for x in range(drawn.width())) for y in (13, 13 + chart.height() // 2)]
    assert rows[0] > 100
    assert rows[1] < 10
    chart.show_bars([])
    assert not chart.grab().isNull()
    assert not figures.grab().isNull()


def test_an_empty_state_says_what_to_do(qtbot: QtBot) -> None:
    done: list[str] = []
    empty = EmptyState("users", "Nobody yet", "They are listed here.", "New person", lambda: done.append("new"))
    card = Card("People", empty)
    qtbot.addWidget(card)
    assert empty.button is not None
    empty.button.click()
    assert done == ["new"]
    card.choose(True)
    assert card.property("chosen") is True
    assert not card.grab().isNull()


def test_words_of_the_sidebar_go_on_in_a_second_line_where_there_is_no_room(qtbot: QtBot) -> None:
    side = Sidebar([Place("one", "Organizaciones aliadas", "users"), *PLACES], "Ada", "Hill", lambda: None)
    qtbot.addWidget(side)
    side.resize(700, 600)
    side.show()
    button, other, _last = side.findChildren(PlaceButton)
    assert button.height() == other.height()
    side.resize(160, 600)
    qtbot.waitUntil(lambda: button.height() > other.height())
    assert button.height() >= button.heightForWidth(button.width())


def test_figures_go_on_in_a_second_line_where_a_word_would_be_cut(qtbot: QtBot) -> None:
    figures = StatTiles([(at, word) for at, word in enumerate(("escuchados", "transmitidos", "respondidos", "dichos"))])
    qtbot.addWidget(figures)
    assert (figures.across(2_000), figures.across(10)) == (4, 1)
    half = next(width for width in range(2_000, 0, -1) if figures.across(width) == 2)
    assert figures.heightForWidth(half) > 1.9 * figures.heightForWidth(2_000)
    widest = look().metrics("small").horizontalAdvance("transmitidos")
    assert half / 2 > widest


def test_to_undo_and_help_stay_in_the_status_bar_longest_and_what_gave_way_is_in_its_tooltip(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    keys = [(action_on(host, []), word) for word in ("deshacer", "buscar", "ayuda")]
    bar = StatusBar(keys)
    host.setLayout(column(bar))
    bar.show_standing(Standing(79, 312, 4106))
    host.resize(1_600, 60)
    host.show()
    undo, find, help_ = bar._keys
    assert all(each.isVisible() for each in (undo, find, help_, bar.received, bar.copied))
    host.resize(560, 60)
    assert (undo.isVisible(), help_.isVisible(), find.isVisible(), bar.received.isVisible()) == (
        True,
        True,
        False,
        False,
    )
    told = "79 only on this laptop\n312 copied, not yet confirmed\n4,106 received by the department"
    assert bar.toolTip() == told
    bar.show_standing(Standing(7, 12, 0, alone=True))
    assert bar.toolTip() == "7 only on this laptop\n12 copied"


def test_what_is_wider_than_its_room_goes_sideways_and_is_as_high_as_it_is(qtbot: QtBot) -> None:
    inside = Pane(row(*(Button(f"Button {number}") for number in range(12))))
    inside.setMinimumWidth(1400)
    across = Sideways(inside)
    qtbot.addWidget(across)
    across.show()
    for width in (400, 1500):
        across.resize(width, 300)
        qtbot.waitUntil(lambda width=width: across.horizontalScrollBar().isVisible() is (width < 1400))
        assert not across.verticalScrollBar().isVisible()
        assert across.viewport().height() >= inside.minimumSizeHint().height()
