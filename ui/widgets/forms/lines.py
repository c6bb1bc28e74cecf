"""Parts that are written in: lines, longer texts, what is never altered once said, numbers, yes or no."""

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach_app.model.edits import Pressed
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Rule, Shape
from outreach_app.model.values import parse, shown
from outreach_app.texts import _, say
from ui.widgets.buttons import Button
from ui.widgets.calendars import Calendar
from ui.widgets.chips import ChipRow, Choice, Stepper
from ui.widgets.fields import GrowingText, LineEdit
from ui.widgets.forms.parts import FieldPart, Lookups
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, row
from ui.widgets.suggestions import Suggestion, TypeAhead

_EXAMPLES = {
    Shape.DATE: "Like 2026-11-21, or 2026",
    Shape.MOMENT: "Like 2026-11-21 10:30",
    Shape.WEB: "Like example.org",
}
_YES, _NO, _NOT_SAID = "yes", "no", ""


def example(shape: Shape) -> str:
    """What stands in an empty line for it: how one writes such a thing."""
    return say(_EXAMPLES[shape]) if shape in _EXAMPLES else ""


class LinePart(FieldPart):
    """One line, read by its shape when it is left: a name, a day, a number, a web address."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.line = LineEdit(placeholder=example(field.shape))
        self.line.textEdited.connect(lambda _text: self._on_edited())
        made_by_program = field.shape is Shape.CODE and field.name == "short_code"
        self.line.setReadOnly(made_by_program)
        self.lay(self.line)

    def write(self, value: Any) -> None:
        """Show it as one would type it."""
        self.line.setText(shown(self.declared, value, title_of=self.titles.get))
        self.line.setCursorPosition(0)

    def value(self) -> Any:
        """What is typed, by its shape."""
        return parse(self.declared, self.line.text())

    def state(self) -> object:
        """The letters typed."""
        return self.line.text().strip()

    def restore(self, draft: Any) -> None:
        """Type them again."""
        self.line.setText(draft)


class DayPart(LinePart):
    """A day, typed or chosen from a calendar."""

    def lay(self, body: QWidget, named: QWidget | None = None, *, beside: QWidget | None = None) -> None:
        """The button stands after the line, the calendar below both."""
        self.calendar: Calendar | None = None
        self.open = Button("", icon="calendar-days", does=self._turn)
        self.open.setAccessibleName(_("Calendar: {field}", field=self.label.text()))
        self.open.setToolTip(_("Choose from a calendar"))
        self._below = column()
        super().lay(Pane(column(row((body, 1), self.open), self._below, space="hair")), named or body, beside=beside)

    def _turn(self) -> None:
        """Open the calendar, or close it."""
        if self.calendar is None:
            self.calendar = Calendar(self.label.text())
            self.calendar.hide()
            self.calendar.chosen.connect(self._on_chosen)
            self.calendar.left.connect(self._turn)
            self._below.addWidget(self.calendar)
        opening = self.calendar.isHidden()
        self.calendar.setVisible(opening)
        if opening:
            self.calendar.show_day(self._typed_day())
        else:
            self.line.setFocus()

    def _typed_day(self) -> str:
        try:
            return str(self.value() or "")
        except BadInput:
            return ""

    def _on_chosen(self, day: str) -> None:
        self.line.setText(day)
        self._turn()
        self._on_edited()


class SuggestingLine(TypeAhead):
    """A line that offers what others wrote in the same field."""

    def __init__(self, field: Field, lookups: Lookups) -> None:
        super().__init__(placeholder=example(field.shape), best_first=True)
        self._name, self._lookups = field.name, lookups
        self.typed.connect(self._ask)

    def _ask(self, typed: str) -> None:
        if typed:
            self._lookups.before(self._name, typed, lambda texts: self._offer(typed, list(texts)))

    def _offer(self, typed: str, texts: list[str]) -> None:
        """What was typed stands first, so that Enter keeps it."""
        if not isValid(self):
            return  # taken away while the answer was on its way
        other = [text for text in texts if text != typed]
        lines = [Suggestion(each, each, icon="", matched=len(typed)) for each in [typed, *other]]
        self.offer(typed, lines if other else ())


class SuggestedPart(FieldPart):
    """One line that offers what others wrote in this field before."""

    def __init__(self, field: Field, lookups: Lookups, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.line = SuggestingLine(field, lookups)
        self.line.typed.connect(lambda _typed: self._on_edited())
        self.line.taken.connect(lambda _line: self._on_edited())
        self.lay(self.line, self.line.field)

    def write(self, value: Any) -> None:
        """Show it."""
        self.line.write(str(value or ""))
        self.line.field.setCursorPosition(0)

    def value(self) -> Any:
        """What is typed."""
        return parse(self.declared, self.line.text)

    def state(self) -> object:
        """The letters typed."""
        return self.line.text

    def restore(self, draft: Any) -> None:
        """Type them again."""
        self.line.write(draft)


class LongPart(FieldPart):
    """A text of any length."""

    wide = True

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.text = GrowingText(least=2, most=12)
        self.text.textChanged.connect(self._on_edited)
        self.lay(self.text)

    def write(self, value: Any) -> None:
        """Show it."""
        self._put(str(value or ""))

    def _put(self, text: str) -> None:
        with QSignalBlocker(self.text):
            self.text.write(text)

    def value(self) -> Any:
        """What is written."""
        return self.text.text.strip() or None

    def state(self) -> object:
        """The letters written."""
        return self.text.text.strip()

    def restore(self, draft: Any) -> None:
        """Write them again."""
        self._put(draft)


class OncePart(LongPart):
    """What is never altered once it was said: shown as it stands, with room to write something below it."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.text.setPlaceholderText("" if new else _("Add a line below"))

    def lay(self, body: QWidget, named: QWidget | None = None, *, beside: QWidget | None = None) -> None:
        """What was said stands above what can be written."""
        self.said = Words("", wrap=True)
        self.said.hide()
        super().lay(Pane(column(self.said, body, space="hair")), named or body, beside=beside)

    def write(self, value: Any) -> None:
        """Show what was said, and an empty line below it."""
        self.said.setText(str(value or ""))
        self.said.setVisible(bool(value))
        self._put("")

    def saved(self) -> None:
        """What was added stands with what was said before."""
        self._put("")
        super().saved()

    def _says(self, _value: Any) -> bool:
        return False


class YesNoPart(FieldPart):
    """Yes, no, or not said."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        answers = [Choice(_YES, _("Yes")), Choice(_NO, _("No")), Choice(_NOT_SAID, _("Not said"))]
        self.chips = ChipRow(answers, name=say(field.label), required=True)
        self.chips.choose([_NOT_SAID])
        self.chips.changed.connect(lambda _chosen: self._on_edited())
        self.lay(self.chips, self.chips.chip(_YES))

    def write(self, value: Any) -> None:
        """Show it."""
        self.chips.choose([_NOT_SAID if value is None else _YES if value else _NO])

    def value(self) -> Any:
        """True, False or None."""
        return {_YES: True, _NO: False}.get(self.chips.one or _NOT_SAID)

    def state(self) -> object:
        """The chip chosen."""
        return self.chips.one

    def restore(self, draft: Any) -> None:
        """Choose it again."""
        self.chips.choose([draft])


class TallyPart(FieldPart):
    """A count made by presses: what is saved is how many times it was pressed here."""

    def __init__(self, field: Field, *, new: bool) -> None:
        super().__init__(field, new=new)
        self.stepper = Stepper(name=say(field.label))
        self.stepper.changed.connect(lambda _value: self._on_edited())
        self._by = 0
        self._stood = 0
        self.lay(self.stepper, self.stepper.more)

    def write(self, value: Any) -> None:
        """Show it."""
        self._stood = int(value or 0)
        self.stepper.set(self._stood)

    def meet(self, value: Any, titles: dict[str, str] | Any) -> None:
        """Others pressed too: their presses and those made here add up."""
        by = self.stepper.value - self._stood
        self.show_value(value, titles)
        if by:
            self.stepper.set(self._stood + by)

    def value(self) -> Any:
        """The count."""
        return self.stepper.value or None

    def state(self) -> object:
        """How many presses more or fewer than stood."""
        return self.stepper.value - self._stood

    def restore(self, draft: Any) -> None:
        """Press as often again."""
        self.stepper.set(self._stood + draft)

    def edit(self) -> Any:
        """The presses."""
        return Pressed(self.stepper.value - self._stood)

    def saved(self) -> None:
        """They count now."""
        self._stood = self.stepper.value
        super().saved()


def line_part(field: Field, lookups: Lookups, *, new: bool) -> FieldPart:
    """The part for a field that is written in one line, by its rule and shape."""
    if field.rule is Rule.TALLY:
        return TallyPart(field, new=new)
    if field.shape is Shape.YES_NO:
        return YesNoPart(field, new=new)
    if field.suggests and field.shape is Shape.TEXT:
        return SuggestedPart(field, lookups, new=new)
    return DayPart(field, new=new) if field.shape is Shape.DATE else LinePart(field, new=new)
