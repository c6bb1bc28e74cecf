"""A list of any length is fetched as it is looked at."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.models.records import PAGE, Column, RecordTable
from ui.widgets.tables import ListTable, shared_out

Deliver = Callable[[Sequence[Any]], None]


class Source:
    def __init__(self, now: bool = True) -> None:
        self.asked: list[tuple[int, int]] = []
        self.waiting: list[tuple[int, int, Deliver]] = []
        self.now = now
        self.word = "person"

    def fetch(self, offset: int, limit: int, deliver: Deliver) -> None:
        self.asked.append((offset, limit))
        if self.now:
            deliver(self.records(offset, limit))
        else:
            self.waiting.append((offset, limit, deliver))

    def records(self, offset: int, limit: int) -> list[str]:
        return [f"{self.word} {number}" for number in range(offset, offset + limit)]

    def deliver(self) -> None:
        for offset, limit, deliver in self.waiting:
            deliver(self.records(offset, limit))
        self.waiting.clear()


COLUMNS: list[Column[str]] = [
    Column("Name", lambda each: each, "name", share=3),
    Column("Number", lambda each: each.rpartition(" ")[2], figures=True, waits=lambda each: each.endswith("0")),
]


def shown(model: RecordTable[str], row: int, column: int = 0) -> object:
    return model.data(model.index(row, column))


def test_a_million_rows_are_there_at_once_and_one_page_is_fetched(qtmodeltester: ModelTester) -> None:
    source = Source()
    model = RecordTable(COLUMNS, source.fetch)
    model.show_list(1_000_000)
    assert model.rowCount() == 1_000_000
    assert model.rowCount(model.index(0, 0)) == 0
    assert shown(model, 999_999) == "person 999999"
    assert source.asked == [(999_900, PAGE)]
    model.show_list(250)
    qtmodeltester.check(model)


def test_memory_stays_flat_however_far_one_scrolls() -> None:
    source = Source()
    model = RecordTable(COLUMNS, source.fetch)
    model.show_list(1_000_000)
    for row in range(0, 1_000_000, 1000):
        assert shown(model, row) == f"person {row}"
    assert len(model._pages) <= 40
    assert shown(model, 0) == "person 0"


def test_a_row_is_blank_until_it_came_and_then_told_once(qtbot: QtBot) -> None:
    source = Source(now=False)
    model = RecordTable(COLUMNS, source.fetch)
    model.show_list(150)
    assert shown(model, 3) == ""
    assert shown(model, 4) == ""
    assert source.asked == [(0, PAGE)]
    with qtbot.waitSignal(model.dataChanged) as told:
        source.deliver()
    first, last = told.args[0], told.args[1]
    assert (first.row(), last.row()) == (0, 99)
    assert shown(model, 3) == "person 3"


def test_an_answer_to_an_older_list_is_dropped() -> None:
    source = Source(now=False)
    model = RecordTable(COLUMNS, source.fetch)
    model.show_list(10)
    shown(model, 0)
    model.show_list(10)
    source.deliver()
    assert shown(model, 0) == ""


@pytest.mark.parametrize("count", [180, 220, 200])
def test_after_a_change_what_is_shown_stays_until_the_new_is_there(count: int, qtmodeltester: ModelTester) -> None:
    source = Source()
    model = RecordTable(COLUMNS, source.fetch)
    model.show_list(200)
    assert shown(model, 5) == "person 5"
    source.now, source.word = False, "neighbour"
    model.refresh(count)
    assert model.rowCount() == count
    assert shown(model, 5) == "person 5"
    source.deliver()
    assert shown(model, 5) == "neighbour 5"
    source.now = True
    qtmodeltester.check(model)


def test_headings_alignment_and_what_waits() -> None:
    model = RecordTable(COLUMNS, Source().fetch)
    model.show_list(20)
    head = model.headerData(1, Qt.Orientation.Horizontal)
    assert head == "Number"
    assert model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(model.index(10, 1), Qt.ItemDataRole.ForegroundRole) is not None
    assert model.data(model.index(11, 1), Qt.ItemDataRole.ForegroundRole) is None
    assert model.data(QModelIndex()) is None


def test_sorting_is_asked_of_who_lists() -> None:
    model = RecordTable(COLUMNS, Source().fetch)
    orders: list[str] = []
    model.sorted.connect(orders.append)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.sort(1)
    model.sort(0)
    assert orders == ["-name", "name"]


def test_the_table_opens_rows_by_enter_and_double_click_and_sorts_by_its_headings(qtbot: QtBot) -> None:
    model = RecordTable(COLUMNS, Source().fetch)
    model.show_list(1000)
    table = ListTable(model, shares=model.shares, name="People")
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    opened: list[int] = []
    table.opened.connect(opened.append)
    table.setCurrentIndex(model.index(7, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [7]
    with qtbot.waitSignal(model.sorted) as told:
        table.horizontalHeader().sectionClicked.emit(0)
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert told.args == ["-name"]
    assert table.accessibleName() == "People"


@given(
    st.integers(100, 4000),
    st.lists(st.tuples(st.integers(30, 1500), st.integers(1, 4)), min_size=1, max_size=9),
)
def test_columns_are_as_wide_as_their_words_and_only_the_widest_give_way(
    room: int, columns: list[tuple[int, int]]
) -> None:
    wanted, shares = [list(each) for each in zip(*columns, strict=True)]
    widths = shared_out(room, wanted, shares)
    assert sum(widths) <= room
    assert sum(widths) > room - len(columns)
    if sum(wanted) <= room:
        assert all(width >= want for width, want in zip(widths, wanted, strict=True))
    else:
        cut = [width / share for width, want, share in zip(widths, wanted, shares, strict=True) if width < want]
        whole = [width / share for width, want, share in zip(widths, wanted, shares, strict=True) if width == want]
        assert len(cut) + len(whole) == len(columns)
        assert not whole or max(whole) <= min(cut) + 1


def test_no_word_is_cut_while_there_is_room(qtbot: QtBot) -> None:
    said = ("x", "Listening session at the Almond fire hall")
    heading = "Openings for members"
    columns = [
        Column(heading, lambda row: row[0]),
        Column(heading, lambda row: row[1]),
        Column(heading, lambda _row: ""),
    ]
    model = RecordTable(columns, lambda _from, limit, deliver: deliver([said] * limit))
    table = ListTable(model, shares=model.shares, name="Words")
    qtbot.addWidget(table)
    table.resize(900, 200)
    table.show()
    model.show_list(3)
    words = table.fontMetrics().horizontalAdvance(said[1])
    assert table.columnWidth(1) > words
    assert table.columnWidth(0) < words
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Openings for members"
