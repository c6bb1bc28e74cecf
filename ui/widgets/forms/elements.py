"""A part for a list of elements, each written by itself: phones, e-mails, addresses, names."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.model.edits import ListEdit
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape
from outreach_app.model.phones import phone_doubt
from outreach_app.model.values import same
from outreach_app.texts import _
from ui.widgets.buttons import Button
from ui.widgets.fields import LineEdit
from ui.widgets.forms.editors import ElementEditor, editor_for
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.layouts import Pane, column, row


@dataclass(slots=True)
class Element:
    """One element on screen. ``id``: "" for one that is not saved yet."""

    id: str
    editor: ElementEditor
    pane: Pane
    clean: object


class ElementsPart(FieldPart):
    """A list: every element with a cross to take it away, and a button for one more."""

    wide = True

    def __init__(self, field: Field, lookups: Lookups, *, new: bool) -> None:
        super().__init__(field, new=new)
        self._lookups = lookups
        self.elements: list[Element] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.more = Button(_("Add"), icon="plus", does=self.add)
        self.more.setAccessibleName(_("Add: {field}", field=self.label.text()))
        self.lay(Pane(column(self._rows, row(self.more, 1), space="hair")), self.more)

    def add(self) -> None:
        """An empty element more, with the focus."""
        element = self._add("", None)
        self._on_edited()
        element.editor.first.setFocus()

    def _add(self, element: str, value: Any) -> Element:
        editor = editor_for(self.declared, self._lookups)
        editor.write(value)
        cross = Button("", icon="x")
        pane = Pane(row((editor, 1), cross))
        made = Element(element, editor, pane, editor.state())
        number = len(self.elements) + 1
        editor.first.setAccessibleName(_("{field}, {number}", field=self.label.text(), number=number))
        cross.setAccessibleName(_("Take away: {field}, {number}", field=self.label.text(), number=number))
        cross.setToolTip(_("Take away"))
        cross.clicked.connect(lambda _on=False: self._take_away(made))
        editor.edited.connect(self._on_edited)
        editor.left.connect(self._on_left)
        self.elements.append(made)
        self._rows.addWidget(pane)
        return made

    def _take_away(self, element: Element) -> None:
        self._drop(element)
        self._on_edited()
        self.more.setFocus()

    def _drop(self, element: Element) -> None:
        self.elements.remove(element)
        element.pane.hide()
        self._rows.removeWidget(element.pane)
        element.pane.setParent(None)
        element.pane.deleteLater()

    def write(self, value: Any) -> None:
        """Show the elements."""
        for element in list(self.elements):
            self._drop(element)
        for each in value or ():
            self._add(each["id"], each["value"])

    def value(self) -> Any:
        """The elements that are written."""
        return [value for value in (element.editor.value() for element in self.elements) if value is not None]

    def state(self) -> object:
        """The elements as written; one that is empty and new counts for nothing."""
        return tuple((each.id, each.editor.state()) for each in self.elements if each.id or not _is_empty(each))

    def restore(self, draft: Any) -> None:
        """Write the elements again: those that stand in place of what they say, those that do not as new ones."""
        stood = {element.id: element for element in self.elements if element.id}
        kept = {element for element, _written in draft}
        for name, element in stood.items():
            if name not in kept:
                self._drop(element)
        for name, written in draft:
            (stood.get(name) or self._add("", None)).editor.restore(written)

    def check(self) -> bool:
        """Whether all can be used; those that cannot are marked."""
        for element in self.elements:
            if isinstance(element.editor.first, LineEdit):
                element.editor.first.wrong(_fault_of(element) is not None)
        fine = super().check()
        if fine:
            self._refuse(next(filter(None, map(self._doubt, self.elements)), ""))
        return fine

    def _doubt(self, element: Element) -> str:
        """What to say of a number just written that is saved all the same."""
        if self.declared.shape is not Shape.PHONE or element.editor.state() == element.clean:
            return ""
        return phone_doubt(str((element.editor.value() or {"number": ""})["number"])) if not _is_empty(element) else ""

    def focus_fault(self) -> None:
        """To the first element that cannot be used."""
        wrong = next((each for each in self.elements if _fault_of(each) is not None), None)
        (wrong.editor.first if wrong else self.more).setFocus()

    def _on_left(self) -> None:
        if self.touched:
            self.check()

    def edit(self) -> Any:
        """Which were changed, taken away and added."""
        stood = {each["id"]: each["value"] for each in self.base or ()}
        changed: dict[str, Any] = dict.fromkeys(stood)
        added = []
        for element in self.elements:
            value = element.editor.value()
            if not element.id:
                added += [value] if value is not None else []
            elif element.editor.state() == element.clean or (
                value is not None and same(self.declared, value, stood.get(element.id))
            ):
                changed.pop(element.id, None)
            else:
                changed[element.id] = value
        return ListEdit(changed, tuple(added))

    def _says(self, value: Any) -> bool:
        try:
            return bool(self.value() == [each["value"] for each in value or ()])
        except BadInput:
            return False


def _fault_of(element: Element) -> BadInput | None:
    try:
        element.editor.value()
    except BadInput as fault:
        return fault
    return None


def _is_empty(element: Element) -> bool:
    """Whether nothing is written in an element (what cannot be used is something)."""
    return _fault_of(element) is None and element.editor.value() is None
