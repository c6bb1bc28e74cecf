"""Lists of a few lines, and what just happened."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.buttons import Button
from ui.widgets.cards import Scroll
from ui.widgets.layouts import Pane, column
from ui.widgets.rows import JustNow, Row, RowButton, RowList

ROWS = [
    Row("a", "Call back about cold storage", trailing="today"),
    Row("b", "Tell the Robbinsville group what became of the van request", trailing="2 days late", waits=True),
    Row("c", "Send the application", "split", "two laptops, two numbers"),
]


def test_rows_are_opened_by_click_and_key_and_walked_by_arrows(qtbot: QtBot) -> None:
    due = RowList(name="Due", choosing=True)
    qtbot.addWidget(due)
    due.show_rows(ROWS, chosen="a")
    due.show()
    due.activateWindow()
    opened: list[str] = []
    due.opened.connect(opened.append)
    qtbot.mouseClick(due.line("b"), Qt.MouseButton.LeftButton)
    due.line("b").setFocus()
    qtbot.waitUntil(due.line("b").hasFocus)
    qtbot.keyClick(due.line("b"), Qt.Key.Key_Down)
    qtbot.waitUntil(due.line("c").hasFocus)
    qtbot.keyClick(due.line("c"), Qt.Key.Key_Down)
    qtbot.keyClick(due.line("c"), Qt.Key.Key_Return)
    assert opened == ["b", "c"]
    assert [key for key in "abc" if due.line(key).isChecked()] == ["c"]
    assert due.line("b").accessibleName() == f"{ROWS[1].text} 2 days late"


def test_rows_that_open_nothing_take_no_focus(qtbot: QtBot) -> None:
    where = RowList(name="Where your work is")
    qtbot.addWidget(where)
    where.show_rows(ROWS)
    opened: list[str] = []
    where.opened.connect(opened.append)
    where.line("a").click()
    assert opened == []
    assert where.line("a").focusPolicy() is Qt.FocusPolicy.NoFocus


def test_tab_comes_to_the_lines_and_their_links_where_they_stand(qtbot: QtBot) -> None:
    due, before, after = RowList(name="Due", opens=True), Button("Before"), Button("After")
    page = Pane(column(before, due, after))
    qtbot.addWidget(page)
    for _again in range(2):  # made after the page, and made anew
        due.show_rows(ROWS)
        for key in "ab":
            due.line(key).link_to("Undo", lambda: None)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before.setFocus()
    walked = []
    for _press in range(6):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        walked.append(page.focusWidget())
    a, b, c = (due.line(key) for key in "abc")
    assert walked == [a, a.link, b, b.link, c, after]


def test_long_words_go_on_in_a_second_line(qtbot: QtBot) -> None:
    line = RowButton(ROWS[1], opens=False)
    qtbot.addWidget(line)
    assert line.heightForWidth(900) < line.heightForWidth(300) < line.heightForWidth(200)
    assert line.sizeHint().height() == line.heightForWidth(10_000)


def test_a_list_shown_anew_keeps_nothing_of_the_old(qtbot: QtBot) -> None:
    due = RowList(name="Due", opens=True)
    qtbot.addWidget(due)
    due.show_rows(ROWS)
    due.show_rows(ROWS[:1])
    assert due.rows == (ROWS[0],)
    qtbot.waitUntil(lambda: len(due.findChildren(RowButton)) == 1)


def test_just_now_offers_undo_at_the_newest_and_can_be_hidden(qtbot: QtBot) -> None:
    now = JustNow()
    qtbot.addWidget(now)
    now.show_rows(ROWS)
    now.resize(400, 300)
    now.show()
    asked: list[str] = []
    now.undo_asked.connect(asked.append)
    link = now.list.line("a").link
    assert link is not None
    assert now.list.line("b").link is None
    assert link.geometry().right() >= now.list.line("a").width() - 2
    assert "Call back" in link.accessibleName()
    link.click()
    assert asked == ["a"]
    now.button.click()
    assert not now.list.isVisible()
    assert now.button.text() == "Show"
    now.button.click()
    assert now.list.isVisible()
    now.show_rows(ROWS, undoable=["b", "c"])
    assert now.list.line("a").link is None
    assert now.list.line("c").link is not None


def test_a_list_shown_anew_stays_where_it_was_and_so_does_the_focus(qtbot: QtBot) -> None:
    """The first of many is decided and goes: what stands in its place now has the focus, and nothing scrolls."""
    many = [Row(str(at), f"Ada Crowe {at}", detail="perhaps one person") for at in range(40)]
    waits = RowList(name="What waits", choosing=True)
    scroll = Scroll(waits)
    qtbot.addWidget(scroll)
    scroll.resize(300, 400)
    waits.show_rows(many, "0")
    scroll.show()
    scroll.activateWindow()
    waits.line("0").setFocus()
    qtbot.waitUntil(waits.line("0").hasFocus)
    waits.show_rows(many[1:], "1")
    qtbot.waitUntil(waits.line("1").hasFocus)
    qtbot.waitUntil(lambda: waits.line("1").visibleRegion().boundingRect().height() > 0)
    assert scroll.verticalScrollBar().value() == 0
    waits.show_rows(many[5:])
    qtbot.waitUntil(waits.line("5").hasFocus)
