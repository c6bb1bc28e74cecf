"""One kind of record as a list to look through: a line to search it by, the table, and what to do where it is empty."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from outreach_app.operations.listing import Listing, listed, listing
from outreach_app.store.views import View
from outreach_app.texts import _, count, language, say
from ui.desks import Desk
from ui.look.looks import look
from ui.models.records import RecordTable
from ui.pages.record_columns import columns_of
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
        room, least = self.viewport().width(), _WIDTH * look().text
        taken = 0.0
        for at, share in enumerate(self._shares):
            taken += share * least
            self.setColumnHidden(at, at > 0 and taken > room)
        super().resizeEvent(event)


class RecordList(Settling):
    """The list of one kind. ``refresh`` reads it anew; ``counted`` tells how many it holds, in words."""

    counted = Signal(str)

    def __init__(self, desk: Desk, kind: str, new_text: str, new: Callable[[], object]) -> None:
        super().__init__()
        self.desk, self.kind = desk, kind
        declared = desk.store.registry[kind]
        self.shows = frozenset({kind, *(field.refers_to for field in declared.fields if field.listed)} - {""})
        self.where: Mapping[str, Any] = {}
        self.listing: Listing | None = None
        self._order = FIRST_ORDER.get(kind, "")
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
        self.table.opened.connect(self._on_opened)
        self.more = Words(_("These letters find more than can be listed. More letters find fewer."), "muted", wrap=True)
        self.more.hide()
        self.card = Card("", (self.table, 1), self.more)
        words = say(_EMPTY[kind]) if kind in _EMPTY else ""
        self.empty = EmptyState(declared.about.icon, _("Nothing here yet"), words, new_text, new)
        self.nothing = EmptyState(
            "search",
            _("Nothing found"),
            _("Nothing here begins with these letters. Fewer letters find more."),
            _("Show all"),
            self.show_all,
        )
        for state in (self.card, self.empty, self.nothing):
            state.hide()
        self.setLayout(column(row((self.search, 1)), self.only, (self.card, 1), (self.empty, 1), (self.nothing, 1)))

    @property
    def order(self) -> str:
        """What it is sorted by."""
        return self._order

    def show_only(self, where: Mapping[str, Any], of: str) -> None:
        """Show only the records in which fields have these values; ``of`` says so in words. Nothing: all."""
        if dict(where) == dict(self.where):
            return
        self.where = dict(where)
        self.only.blockSignals(True)
        self.only.clear()
        if where:
            self.only.add(Choice("only", of))
        self.only.blockSignals(False)
        self.only.setVisible(bool(where))
        self._again = True

    def show_all(self) -> None:
        """Take search and limits back."""
        self.show_only({}, "")
        self.search.setText("")
        self._anew()
        self.search.setFocus()

    def refresh(self) -> None:
        """Read it anew, staying where one is in it."""
        text, where = self.search.text(), self.where
        kind = self.kind
        self.desk.read(lambda store: listing(store, kind, text, where), lambda found: self._show(found, text, where))

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

    def _show(self, found: Listing, text: str, where: Mapping[str, Any]) -> None:
        if text != self.search.text() or where != self.where:
            return
        first = self.listing is None
        self.listing = found
        if first or self._again:
            self._again = False
            self.model.show_list(found.count)
        else:
            self.model.refresh(found.count)
        asked = bool(text.strip() or where)
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
        of, order = self.listing, self._order
        if of is not None:
            spoken = language()
            self.desk.read(lambda store: listed(store, of, order, limit, offset, spoken), deliver)

    def _on_sorted(self, order: str) -> None:
        self._order = order
        self._anew()

    def _on_only_changed(self, keys: Sequence[str]) -> None:
        if not keys and self.where:
            self.show_only({}, "")
            self.refresh()
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
