"""A table of records, of any length: only the pages that are looked at are fetched, off the window's thread."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Record = TypeVar("Record")
Fetch = Callable[[int, int, Callable[[Sequence[Any]], None]], object]
"""``fetch(offset, limit, deliver)``: have ``deliver(records)`` called with that part of the list, now or later."""

PAGE = 100
_KEPT = 40  # pages; with the page size this bounds the memory of a list of any length

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """One column: its heading, what it shows of a record, and what to sort by ("" where it cannot be sorted)."""

    label: str
    text: Callable[[Record], str]
    sort: str = ""
    figures: bool = False  # right-aligned
    hover: Callable[[Record], str] | None = None
    waits: Callable[[Record], bool] | None = None  # amber where true
    icon: Callable[[Record], str] | None = None
    share: int = 1  # of the width


class RecordTable(QAbstractTableModel, Generic[Record]):
    """Records in rows. ``show_list(count)`` begins anew; rows not fetched yet are blank for a moment.

    model = RecordTable([Column(_("Name"), lambda view: view.title, sort="title"), ...], fetch)
    model.sorted.connect(lambda order: ...)     # "title" or "-title"; then show_list again
    """

    sorted = Signal(str)

    def __init__(self, columns: Sequence[Column[Record]], fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.order = ""
        self._fetch = fetch
        self._count = 0
        self._list = 0  # which list this is: answers to an older one are dropped
        self._pages: OrderedDict[int, Sequence[Record]] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def shares(self) -> tuple[int, ...]:
        """How the columns share the width out."""
        return tuple(column.share for column in self.columns)

    def lay(self, columns: Sequence[Column[Record]]) -> None:
        """Other columns, of the same list."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def show_list(self, count: int) -> None:
        """A list of ``count`` records, fetched as it is looked at."""
        self.beginResetModel()
        self._list += 1
        self._count = count
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def refresh(self, count: int) -> None:
        """The same list after a change: what is shown stays until the new is there, and so does the place in it."""
        self._list += 1
        shown = list(self._pages)
        self._asked.clear()
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        for page in shown[-3:]:
            self._ask(page)
        for page in shown[:-3]:
            del self._pages[page]

    def record(self, row: int) -> Record | None:
        """The record of a row; None while it is being fetched."""
        page = self._pages.get(row // PAGE)
        if page is None:
            self._ask(row // PAGE)
            page = self._pages.get(row // PAGE)
        if page is None:
            return None
        self._pages.move_to_end(row // PAGE)
        at = row % PAGE
        return page[at] if at < len(page) else None

    def _ask(self, page: int) -> None:
        if page in self._asked or not 0 <= page * PAGE < self._count:
            return
        self._asked.add(page)
        of = self._list
        self._fetch(page * PAGE, PAGE, lambda records: self._on_fetched(of, page, records))

    def _on_fetched(self, of: int, page: int, records: Sequence[Record]) -> None:
        if of != self._list:
            return
        self._asked.discard(page)
        self._pages[page] = records
        self._pages.move_to_end(page)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        last = min((page + 1) * PAGE, self._count) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's: how many records."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's: how many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: what a cell shows."""
        if not index.isValid() or role not in _ROLES:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        record = self.record(index.row())
        if record is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ForegroundRole:
            from ui.look.looks import look

            return look().colour("waits") if column.waits is not None and column.waits(record) else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hover(record) if column.hover is not None else column.text(record)
        return column.text(record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's: the headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].figures else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's: tell which order is asked for; who hears it lists anew."""
        if not 0 <= column < len(self.columns) or not self.columns[column].sort:
            return
        self.order = ("-" if order is Qt.SortOrder.DescendingOrder else "") + self.columns[column].sort
        self.sorted.emit(self.order)


_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole,
    }
)
