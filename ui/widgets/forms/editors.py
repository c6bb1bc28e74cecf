"""What one element of a list is written in: a line, a phone number with its kind, an address in its parts."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.model.addresses import PARTS
from outreach_app.model.fields import Field, Shape
from outreach_app.model.values import parse, shown
from outreach_app.model.vocabularies import vocabulary
from outreach_app.texts import _
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import GrowingText, LineEdit
from ui.widgets.forms.lines import SuggestingLine, example
from ui.widgets.forms.parts import Lookups
from ui.widgets.layouts import Settling, column, row

_TEXT_OK = {"": None, "yes": True, "no": False}


class ElementEditor(Settling):
    """One element. ``value`` is None where nothing is written; BadInput where it cannot be used."""

    edited = Signal()
    left = Signal()  # the line that matters was left

    @property
    def first(self) -> QWidget:
        """What takes the keys first."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        """Show it."""
        raise NotImplementedError

    def value(self) -> Any:
        """What is written."""
        raise NotImplementedError

    def state(self) -> object:
        """What is written, as it is compared; of CBOR's plain values."""
        raise NotImplementedError

    def restore(self, state: Any) -> None:
        """Write again what ``state`` told."""
        raise NotImplementedError


class LineEditor(ElementEditor):
    """An element in one line, read by its shape."""

    def __init__(self, field: Field, lookups: Lookups) -> None:
        super().__init__()
        self._field = field
        self._typing = SuggestingLine(field, lookups) if field.suggests and field.shape is Shape.TEXT else None
        self.line = self._typing.field if self._typing else LineEdit(placeholder=example(field.shape))
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.editingFinished.connect(self.left)
        if self._typing is not None:
            self._typing.taken.connect(lambda _line: self.edited.emit())
        self.setLayout(column(self._typing or self.line))

    @property
    def first(self) -> QWidget:
        """The line."""
        return self.line

    def write(self, value: Any) -> None:
        """Show it as one would type it."""
        self.line.setText(shown(self._field, value))
        self.line.setCursorPosition(0)

    def value(self) -> Any:
        """What is typed, by its shape."""
        return parse(self._field, self.line.text())

    def state(self) -> object:
        """The letters typed."""
        return self.line.text().strip()

    def restore(self, state: Any) -> None:
        """Type them again."""
        self.line.setText(state)


class TextEditor(ElementEditor):
    """An element of any length."""

    def __init__(self) -> None:
        super().__init__()
        self.text = GrowingText(least=1, most=6)
        self.text.textChanged.connect(self.edited.emit)
        self.setLayout(column(self.text))

    @property
    def first(self) -> QWidget:
        """The text."""
        return self.text

    def write(self, value: Any) -> None:
        """Show it."""
        self.text.write(str(value or ""))

    def value(self) -> Any:
        """What is written."""
        return self.text.text.strip() or None

    def state(self) -> object:
        """The letters written."""
        return self.text.text.strip()

    def restore(self, state: Any) -> None:
        """Write them again."""
        self.text.write(state)


class PhoneEditor(ElementEditor):
    """A phone number as somebody says it, what sort of phone it is, and whether a text is welcome there."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self._rest: Mapping[str, Any] = {}
        self.number = LineEdit()
        self.sort = ChoiceBox(
            [Choice(term.code, term.label_in()) for term in vocabulary("phone_kinds")],
            name=_("Sort of phone"),
            empty=_("Any phone"),
        )
        answers = [Choice("yes", _("Text ok")), Choice("no", _("No text"))]
        self.text_ok = ChoiceBox(answers, name=_("Text messages"), empty=_("Text?"))
        self.number.textEdited.connect(lambda _text: self.edited.emit())
        self.number.editingFinished.connect(self.left)
        for box in (self.sort, self.text_ok):
            box.changed.connect(lambda _key: self.edited.emit())
        self.setLayout(row((self.number, 1), self.sort, self.text_ok))

    @property
    def first(self) -> QWidget:
        """The number."""
        return self.number

    def write(self, value: Any) -> None:
        """Show its parts; what a newer program added is kept."""
        self._rest = dict(value or {})
        self.number.setText(str(self._rest.get("number", "")))
        self.sort.choose(str(self._rest.get("kind") or ""))
        ok = self._rest.get("text_ok")
        self.text_ok.choose("" if ok is None else "yes" if ok else "no")

    def value(self) -> Any:
        """The number with what is said of it."""
        read = parse(self._field, self.number.text())
        if not isinstance(read, Mapping):
            return None
        said = {"kind": self.sort.chosen or None, "text_ok": _TEXT_OK[self.text_ok.chosen]}
        told = {**self._rest, **read, **{name: part for name, part in said.items() if part is not None}}
        gone = [name for name in said if said[name] is None and name not in read]
        return {name: part for name, part in told.items() if name not in gone}

    def state(self) -> object:
        """What is typed and chosen."""
        return self.number.text().strip(), self.sort.chosen, self.text_ok.chosen

    def restore(self, state: Any) -> None:
        """Type and choose it again."""
        number, sort, text_ok = state
        self.number.setText(number)
        self.sort.choose(sort)
        self.text_ok.choose(text_ok)


class AddressEditor(ElementEditor):
    """An address in its parts."""

    def __init__(self) -> None:
        super().__init__()
        self._rest: Mapping[str, Any] = {}
        named = {
            "name": _("Name of the place"),
            "street": _("Street address"),
            "town": _("Town"),
            "state": _("State"),
            "zip": _("ZIP"),
        }
        self.lines = {part: LineEdit(placeholder=named[part]) for part in PARTS}
        self.sort = ChoiceBox(
            [Choice(term.code, term.label_in()) for term in vocabulary("address_kinds")], name=_("Sort of address")
        )
        for part, line in self.lines.items():
            line.setAccessibleName(named[part])
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.sort.changed.connect(lambda _key: self.edited.emit())
        lines = self.lines
        self.setLayout(
            column(
                row((lines["street"], 3), (lines["town"], 2), (lines["state"], 1), (lines["zip"], 1)),
                row((lines["name"], 1), self.sort),
                space="hair",
            )
        )

    @property
    def first(self) -> QWidget:
        """The street."""
        return self.lines["street"]

    def write(self, value: Any) -> None:
        """Show its parts; what a newer program added is kept."""
        self._rest = dict(value or {})
        for part, line in self.lines.items():
            line.setText(str(self._rest.get(part) or ""))
            line.setCursorPosition(0)
        self.sort.choose(str(self._rest.get("kind") or "physical"))

    def value(self) -> Any:
        """The parts that are written."""
        typed = {part: line.text().strip() for part, line in self.lines.items()}
        if not any(typed.values()):
            return None
        rest = {name: part for name, part in self._rest.items() if name not in self.lines}
        return {**rest, "kind": self.sort.chosen, **{part: text for part, text in typed.items() if text}}

    def state(self) -> object:
        """What is typed and chosen."""
        return tuple(line.text().strip() for line in self.lines.values()), self.sort.chosen

    def restore(self, state: Any) -> None:
        """Type and choose it again."""
        texts, sort = state
        for line, text in zip(self.lines.values(), texts, strict=True):
            line.setText(text)
        self.sort.choose(sort)


def editor_for(field: Field, lookups: Lookups) -> ElementEditor:
    """What one element of a list field is written in."""
    match field.shape:
        case Shape.PHONE:
            return PhoneEditor(field)
        case Shape.ADDRESS:
            return AddressEditor()
        case Shape.LONG_TEXT:
            return TextEditor()
        case _:
            return LineEditor(field, lookups)
