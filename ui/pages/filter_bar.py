"""The filter of a list: one condition after the other, each a field, what is asked of it, and what for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.kinds import Kind
from outreach_app.operations.filters import Condition, How, hows
from outreach_app.operations.named_lists import NamedList
from outreach_app.texts import _, say
from ui.look.looks import look
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.forms.forms import part_for
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, Settling, column, emptied, flow

_WIDE = 280

HOW_SAID = {
    How.IS: "is",
    How.NOT: "is not",
    How.HOLDS: "holds",
    How.FROM: "from",
    How.UNTIL: "up to",
    How.EMPTY: "is empty",
    How.FILLED: "is filled in",
}


def asked_as(field: Field, how: How) -> Field | None:
    """The field as one writes what is asked of it: one value, and nothing that need be there."""
    plain = replace(field, rule=Rule.VALUE, help="", required=False, suggests=False)
    match how:
        case How.EMPTY | How.FILLED:
            return None
        case How.HOLDS:
            return replace(plain, shape=Shape.TEXT, refers_to="")
        case How.FROM | How.UNTIL if field.shape is Shape.MOMENT:
            return replace(plain, shape=Shape.DATE)
    return plain


class FilterBar(Settling):
    """``added`` tells a condition; ``named``, ``kept`` and ``removed`` which list was chosen, named or let go."""

    added = Signal(object)  # Condition
    named = Signal(object)  # NamedList
    kept = Signal(str)  # its name
    removed = Signal(str)  # its id

    def __init__(self, declared: Kind, lookups: Lookups) -> None:
        super().__init__()
        self._declared, self._lookups = declared, lookups
        self._lists: dict[str, NamedList] = {}
        self._part: FieldPart | None = None
        fields = [Choice(field.name, say(field.label)) for field in declared.fields if field.shape is not Shape.CODE]
        self.field = ChoiceBox(fields, name=_("Only where"), shrinks=True)
        self.field.changed.connect(lambda _name: self._offer_hows())
        self.how = ChoiceBox(name=_("What is asked of it"))
        self.how.changed.connect(lambda _how: self._offer_value())
        self._values = QVBoxLayout()
        self._values.setContentsMargins(0, 0, 0, 0)
        self.place = Pane(self._values)
        self.add = Button(_("Filter"), icon="check", does=self._on_add)
        self.name = LineEdit(placeholder=_("A name for this list"))
        self.name_field = LabelledField(_("Keep this list"), self.name)
        self.keep = Button(_("Keep it"), does=lambda: self.kept.emit(self.name.text()))
        self.name.returnPressed.connect(self.keep.click)
        self.lists = ChoiceBox(name=_("Kept lists"), shrinks=True)
        self.lists.changed.connect(self._on_named)
        self.remove = Button(_("Remove it"), icon="trash-2", does=lambda: self.removed.emit(self.lists.chosen))
        self._kept = Pane(flow(under(_("Kept lists"), self.lists), under("", self.remove)))
        self.place.setFixedWidth(round(_WIDE * look().text))
        self.name_field.setFixedWidth(round(_WIDE * look().text))
        asked = (under(_("Only where"), self.field), under("", self.how), self.place, under("", self.add))
        named = flow(self.name_field, under("", self.keep), self._kept, across=12)
        self.setLayout(column(Card("", flow(*asked, across=12), named)))
        self._offer_hows()
        self.offer_lists(())

    def offer_lists(self, lists: Sequence[NamedList], chosen: str = "") -> None:
        """The lists that were kept; the one whose id is ``chosen`` is in view."""
        self._lists = {each.id: each for each in lists}
        self.lists.offer([Choice(each.id, each.name) for each in lists], _("All"))
        self.lists.choose(chosen)
        self._kept.setVisible(bool(lists))
        self.remove.setEnabled(bool(self.lists.chosen))

    def _offer_hows(self) -> None:
        asked = hows(self._declared.by_name[self.field.chosen])
        self.how.offer([Choice(str(each), say(HOW_SAID[each])) for each in asked])
        self._offer_value()

    def _offer_value(self) -> None:
        field = asked_as(self._declared.by_name[self.field.chosen], How(self.how.chosen))
        emptied(self._values)
        self._part = None if field is None else part_for(field, self._lookups, new=True)
        self.place.setVisible(self._part is not None)
        if self._part is not None:
            self._values.addWidget(self._part)
            line = self._part.named
            if isinstance(line, LineEdit):
                line.returnPressed.connect(self._on_add)

    def _on_add(self) -> None:
        how, values = How(self.how.chosen), tuple[Any, ...]()
        if self._part is not None:
            if not self._part.check():
                self._part.focus_fault()
                return
            value = self._part.value()
            if value in (None, ""):
                self._part.focus_fault()
                return
            values = (value,)
        self.added.emit(Condition(self.field.chosen, how, values))
        self._offer_value()

    def _on_named(self, chosen: str) -> None:
        self.remove.setEnabled(bool(chosen))
        self.named.emit(self._lists.get(chosen) or NamedList("", self._declared.name))


def under(label: str, widget: ChoiceBox | Button) -> Pane:
    """A widget below a label, level with fields that have one."""
    named = Words(label or " ", "label", buddy=widget if label else None)
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(4)
    made.addWidget(named)
    made.addWidget(widget)
    made.addStretch(1)
    return Pane(made)
