"""One kind of record as a list to look through: a line to search it by, the table, and what to do where it is empty."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from outreach_app.operations.filters import Condition, told
from outreach_app.operations.listing import Anchor, Listing, anchored, listed, listing
from outreach_app.operations.named_lists import NamedList, columns_shown, show_columns
from outreach_app.store.views import View
from outreach_app.texts import _, count, language, say
from ui.desks import Desk
from ui.look.looks import look
from ui.models.records import RecordTable
from ui.pages.chosen_lines import ChosenLines
from ui.pages.filter_bar import FilterBar
from ui.pages.list_columns import ColumnsBar
from ui.pages.record_columns import columns_of
from ui.pages.record_fields import lookups
from ui.widgets.cards import Card, EmptyState
from ui.widgets.chips import Choice, TakenChips
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Words
from ui.widgets.layouts import Settling, column, row
from ui.widgets.tables import ListTable

_WIDTH = 55
"""A share of a column takes at least so many pixels at the plain text size; columns that have no room are left out."""

FIRST_ORDER = {
    "events": "-starts",
    "follow_ups": "state,due",
    "feedback": "-made_at",
    "sign_ins": "-made_at",
    "responses": "-made_at",
    "consents": "-made_at",
    "interests": "-made_at",
}
"""How a list stands before anybody sorts it, where that is not by title."""

_EMPTY = {
    "events": "Plan an event, and it waits here until the day.",
    "people": "People you sign in or meet are listed here.",
    "organizations": "Partners you meet, or import from a directory, are listed here.",
    "groups": "Councils, commissions and work groups that people can join are listed here.",
    "feedback": "What people say at events is listed here, in their own words.",
    "follow_ups": "What somebody promised to do is listed here until it is done.",
    "sign_ins": "Whoever comes to an event is listed here.",
    "affiliations": "Who works or helps at which organization is listed here.",
    "consents": "What people allow, and what they do not, is listed here.",
    "interests": "Who asked to join a group or to work with a unit is listed here.",
    "responses": "What became of each piece of feedback is listed here.",
    "themes": "What feedback is about is listed here.",
    "organization_relations": "How organizations belong together is listed here.",
}


class FittingTable(ListTable):
    """A table that leaves out its last columns where the text is too large for all of them."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: as many columns as there is room for."""
        self._leave_out()
        super().resizeEvent(event)

    def lay(self, shares: Sequence[int]) -> None:
        """The model has other columns."""
        super().lay(shares)
        self._leave_out()

    def _leave_out(self) -> None:
        room, least = self.viewport().width(), _WIDTH * look().text
        taken = 0.0
        for at, share in enumerate(self._shares):
            taken += share * least
            self.setColumnHidden(at, at > 0 and taken > room)


class RecordList(Settling):
    """The list of one kind. ``refresh`` reads it anew; ``counted`` tells how many it holds, in words."""

    counted = Signal(str)

    def __init__(
        self, desk: Desk, kind: str, new_text: str, new: Callable[[], object], beside: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.desk, self.kind = desk, kind
        declared = desk.store.registry[kind]
        self.shows = frozenset({kind, *(field.refers_to for field in declared.fields if field.listed)} - {""})
        self.where: Mapping[str, Any] = {}
        self.conditions: tuple[Condition, ...] = ()
        self.columns: tuple[str, ...] = ()  # none: the usual ones
        self._anchors: dict[int, Anchor] = {}  # of this list, by their place
        self.listing: Listing | None = None
        self._order, self._of = FIRST_ORDER.get(kind, ""), ""
        self._again = False
        name = say(declared.about.menu or declared.about.label)
        self.search = LineEdit(placeholder=_("Find in this list"))
        self.search.setAccessibleName(_("Find in this list"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._anew())
        self.search.installEventFilter(self)
        self.only = TakenChips(name=_("Only these"))
        self.only.changed.connect(self._on_only_changed)
        self.only.hide()
        self.model: RecordTable[View] = RecordTable(columns_of(declared, date.today()), self._fetch, self)
        self.model.sorted.connect(self._on_sorted)
        self.table = FittingTable(self.model, shares=self.model.shares, name=name)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self._on_opened)
        self.filters, self.columns_bar = FilterBar(declared, lookups(desk, kind)), ColumnsBar(declared)
        self.filters.added.connect(lambda condition: self.filter_by((*self.conditions, condition)))
        self.columns_bar.changed.connect(self._on_columns)
        self.chosen = ChosenLines(self)
        self.more = Words(_("These letters find more than can be listed. More letters find fewer."), "muted", wrap=True)
        self.more.hide()
        self.card = Card("", (self.table, 1), self.more)
        words = say(_EMPTY[kind]) if kind in _EMPTY else ""
        self.empty = EmptyState(declared.about.icon, _("Nothing here yet"), words, new_text, new)
        self.nothing = EmptyState(
            "search",
            _("Nothing found"),
            _("Nothing here is like that. Fewer letters or filters find more."),
            _("Show all"),
            self.show_all,
        )
        for state in (self.card, self.empty, self.nothing, self.filters, self.columns_bar):
            state.hide()
        head = row((self.search, 1), *beside)
        bars = (self.filters, self.columns_bar, self.only, self.chosen.bar)
        self.setLayout(column(head, *bars, (self.card, 1), (self.empty, 1), (self.nothing, 1)))
        desk.read(lambda store: columns_shown(store, kind), self.show_columns)

    @property
    def order(self) -> str:
        """What it is sorted by."""
        return self._order

    def show_only(self, where: Mapping[str, Any], of: str) -> None:
        """Show only the records in which fields have these values; ``of`` says so in words. Nothing: all."""
        if dict(where) == dict(self.where):
            return
        self.where, self._of = dict(where), of
        self._show_limits()

    def filter_by(self, conditions: Sequence[Condition]) -> None:
        """Show only what is as these ask."""
        self.conditions = tuple(conditions)
        self._show_limits()
        self.refresh()

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these fields, in this order; none: the usual ones."""
        self.columns_bar.show_columns(names)
        if tuple(names) != self.columns:
            self.columns = tuple(names)
            columns = columns_of(self.desk.store.registry[self.kind], date.today(), names)
            self.shows |= {*(self.desk.store.registry[self.kind].by_name[name].refers_to for name in names)} - {""}
            self.model.lay(columns)
            self.table.lay(self.model.shares)

    def show_named(self, named: NamedList) -> None:
        """Show a list that was kept: its filters, its columns, its order."""
        self._order = named.sorted_by or FIRST_ORDER.get(self.kind, "")
        self.show_columns(named.columns)
        self.filter_by(named.conditions)

    def _show_limits(self) -> None:
        declared = self.desk.store.registry[self.kind]
        self.only.blockSignals(True)
        self.only.clear()
        if self.where:
            self.only.add(Choice("only", self._of))
        for at, condition in enumerate(self.conditions):
            self.only.add(Choice(str(at), told(declared, condition)))
        self.only.blockSignals(False)
        self.only.setVisible(bool(self.only.keys))
        self._again = True

    def show_all(self) -> None:
        """Take search and limits back."""
        self.show_only({}, "")
        self.conditions = ()
        self._show_limits()
        self.search.setText("")
        self._anew()
        self.search.setFocus()

    def refresh(self) -> None:
        """Read it anew, staying where one is in it."""
        asked = (self.search.text(), self.where, self.conditions)
        kind = self.kind
        self.desk.read(lambda store: listing(store, kind, *asked), lambda found: self._show(found, asked))

    def current_record(self) -> View | None:
        """The record of the line that is chosen."""
        index = self.table.currentIndex()
        return self.model.record(index.row()) if index.isValid() else None

    def take_focus(self) -> None:
        """To the line last opened, if one comes back to it; else to the search."""
        (self.table if self.table.currentIndex().isValid() else self.search).setFocus()

    def _anew(self) -> None:
        self._again = True
        self.refresh()

    def _show(self, found: Listing, of: tuple[str, Mapping[str, Any], tuple[Condition, ...]]) -> None:
        if of != (self.search.text(), self.where, self.conditions):
            return
        first = self.listing is None
        self.listing, self._anchors = found, {}
        if first or self._again:
            self._again = False
            self.model.show_list(found.count)
        else:
            self.model.refresh(found.count)
        asked = bool(of[0].strip() or of[1] or of[2])
        for state, wanted in (
            (self.card, found.count > 0),
            (self.empty, found.count == 0 and not asked),
            (self.nothing, found.count == 0 and asked),
        ):
            state.setVisible(wanted)
        self.more.setVisible(found.cut)
        number = found.count
        self.counted.emit(
            count("{n} found", "{n} found", number) if asked else count("{n} in all", "{n} in all", number)
        )

    def _fetch(self, offset: int, limit: int, deliver: Callable[[Sequence[Any]], None]) -> None:
        of, order, spoken, anchors = self.listing, self._order, language(), self._anchors
        if of is None:
            return
        near = anchors[max(before)] if (before := [at for at in anchors if at <= offset]) else None

        def told_of(views: Sequence[View]) -> None:
            anchor = anchored(order, offset, views[0]) if views else None
            if anchor is not None:
                anchors[offset] = anchor
            deliver(views)

        self.desk.read(lambda store: listed(store, of, order, limit, offset, spoken, near), told_of)

    def _on_columns(self, names: Sequence[str]) -> None:
        self.show_columns(names)
        self.desk.do(show_columns, self.kind, names)

    def _on_sorted(self, order: str) -> None:
        self._order = order
        self._anew()

    def _on_only_changed(self, keys: Sequence[str]) -> None:
        if "only" not in keys:
            self.where = {}
        self.filter_by([each for at, each in enumerate(self.conditions) if str(at) in keys])
        self.search.setFocus()

    def _on_opened(self, at: int) -> None:
        record = self.model.record(at)
        if record is not None:
            self.desk.go_to_record(self.kind, record.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: from the search, Down and Enter go on to the lines; Enter opens the only one."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and self.model.rowCount() == 1:
                self._on_opened(0)
                return True
            if (enter or event.key() == Qt.Key.Key_Down) and self.model.rowCount():
                self.table.selectRow(max(0, self.table.currentIndex().row()))
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)
