"""What can be done with several lines of a list at once: one value for all, delete, compare."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.model.errors import BadInput
from outreach_app.model.kinds import Kind
from outreach_app.operations.bulk import change_all, changeable, delete_all
from outreach_app.operations.listing import listed
from outreach_app.texts import _, count, say
from ui.pages.filter_bar import under
from ui.pages.record_fields import lookups
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.forms.forms import part_for
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, Settling, emptied, flow

if TYPE_CHECKING:
    from outreach_app.journal.changes import Changes
    from outreach_app.store.stores import Store
    from ui.pages.record_lists import RecordList

_WIDE = 320
_MOST = 5_000
"""So many lines are changed at once: one change, which every laptop takes in whole."""

_COMPARED = 6  # stand beside each other


class ChosenBar(Settling):
    """In view while several lines are chosen."""

    changed = Signal(str, object)  # a field, its value for all
    deleted = Signal()
    compared = Signal()

    def __init__(self, declared: Kind, lookups: Lookups) -> None:
        super().__init__()
        self._declared, self._lookups = declared, lookups
        self._part: FieldPart | None = None
        fields = [Choice(field.name, say(field.label)) for field in changeable(declared)]
        self.said = Words("", "label")
        self.field = ChoiceBox(name=_("Change for all of them"), shrinks=True)
        self.field.offer(fields, _("Nothing"))
        self.field.changed.connect(self._offer_value)
        self._values = QVBoxLayout()
        self._values.setContentsMargins(0, 0, 0, 0)
        self.place = Pane(self._values)
        self.change = Button(_("Change all"), icon="check", does=self._on_change)
        self.delete = Button(_("Delete all"), icon="trash-2", does=self.deleted.emit)
        self.compare = Button(_("Compare"), icon="merge", does=self.compared.emit)
        choosing = under(_("Change for all of them"), self.field)
        pieces = (choosing, self.place, under("", self.change), under("", self.delete), under("", self.compare))
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.addWidget(Card("", self.said, flow(*pieces, across=12)))
        for useless in () if fields else (choosing, self.change):
            useless.hide()
        self._offer_value("")
        self.hide()

    def show_chosen(self, number: int) -> None:
        """So many lines are chosen."""
        self.setVisible(number > 1)
        self.said.setText(count("{n} line chosen", "{n} lines chosen", number))
        self.compare.setEnabled(number > 1 and self._declared.about.joinable)
        self.compare.setVisible(self._declared.about.joinable)

    def _offer_value(self, name: str) -> None:
        emptied(self._values)
        self._part = part_for(self._declared.by_name[name], self._lookups, new=True) if name else None
        self.place.setVisible(self._part is not None)
        self.change.setEnabled(self._part is not None)
        if self._part is not None:
            self._part.setMinimumWidth(_WIDE)
            self._values.addWidget(self._part)

    def _on_change(self) -> None:
        if self._part is None or not self._part.check():
            return
        value = self._part.value()
        self.changed.emit(self.field.chosen, value)
        self.field.choose("")
        self._offer_value("")


class ChosenLines(QObject):
    """The lines of a list that are chosen, as ranges: of a long list most were never read."""

    def __init__(self, of: "RecordList") -> None:
        super().__init__(of)
        self._of = of
        self.bar = ChosenBar(of.desk.store.registry[of.kind], lookups(of.desk, of.kind))
        self.bar.changed.connect(self._on_changed)
        self.bar.deleted.connect(self._on_deleted)
        self.bar.compared.connect(self._on_compared)
        of.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._count())
        of.model.modelReset.connect(self._count)

    @property
    def number(self) -> int:
        """How many."""
        return sum(many for _first, many in self._of.table.ranges())

    def _count(self) -> None:
        self.bar.show_chosen(self.number)

    def _reading(self, most: int) -> "Callable[[Store], list[str]]":
        """What reads the ids of the lines chosen now, on the database's thread. Work that is before it there may have
        moved them: then nothing is done, for others would stand where these stood."""
        of, order = self._of.listing, self._of.order
        ranges, seen = self._of.table.ranges(), self._of.model.record
        ends = {at: view.id for first, many in ranges for at in (first, first + many - 1) if (view := seen(at))}

        def read(store: "Store") -> list[str]:
            found: list[str] = []
            for first, many in ranges:
                if of is not None and len(found) < most:
                    ids = [view.id for view in listed(store, of, order, min(many, most - len(found)), first)]
                    if any(ends.get(at, each) != each for at, each in enumerate(ids, first)):
                        raise BadInput(_("The list has changed meanwhile. Please choose the lines again."))
                    found += ids
            return found

        return read

    def _on_changed(self, field: str, value: Any) -> None:
        read, kind, number = self._reading(_MOST), self._of.kind, min(self.number, _MOST)
        said = count("{n} changed.", "{n} changed.", number)
        self._of.desk.do(lambda store: change_all(store, kind, read(store), {field: value}), done=self._done(said))

    def _on_deleted(self) -> None:
        read, kind, number = self._reading(_MOST), self._of.kind, min(self.number, _MOST)
        said = count("{n} deleted.", "{n} deleted.", number)
        self._of.table.clearSelection()
        self._of.desk.do(lambda store: delete_all(store, kind, read(store)), done=self._done(said))

    def _done(self, said: str) -> "Callable[[Changes], None]":
        desk = self._of.desk
        return lambda _changes: desk.messages.done(said, _("Undo"), desk.undo)

    def _on_compared(self) -> None:
        kind, desk = self._of.kind, self._of.desk
        desk.read(self._reading(_COMPARED), lambda records: desk.go("compare", kind=kind, records=tuple(records)))
