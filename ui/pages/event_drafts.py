"""What stands in the fields of the event screen, as it is kept in a draft and put back."""

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.pages.event_finders import Picker
from ui.widgets.chips import Chip, ChipRow, Stepper
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import GrowingText, LineEdit
from ui.widgets.suggestions import Suggestion, TypeAhead


def written_in(widget: QWidget) -> Any:
    """What stands in a field."""
    match widget:
        case TypeAhead():
            return [widget.text, widget.choice.key if widget.choice is not None else ""]
        case Picker():
            return [widget.finder.text, widget.picked]
        case LineEdit():
            return widget.text()
        case GrowingText():
            return widget.text
        case ChipRow():
            return list(widget.chosen)
        case ChoiceBox():
            return widget.chosen
        case Stepper():
            return widget.value
        case Chip():
            return widget.isChecked()
    raise TypeError(type(widget).__name__)


def write_in(widget: QWidget, value: Any) -> None:
    """Put back what stood in a field."""
    match widget:
        case TypeAhead():
            widget.write(value[0], Suggestion(value[1], value[0]) if value[1] else None)
        case Picker():
            widget.finder.write(value[0])
            for key, name in value[1]:
                widget.pick(key, name)
        case LineEdit():
            widget.setText(value)
        case GrowingText():
            widget.write(value)
        case ChipRow():
            widget.choose(value)
        case ChoiceBox():
            widget.choose(value)
        case Stepper():
            widget.set(value)
        case Chip():
            widget.setChecked(value)
