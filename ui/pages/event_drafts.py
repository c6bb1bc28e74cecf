"""Drafts: what stands in a form and is not saved yet, kept in the encrypted store itself every second or so.

A dead battery, a locked window or a save that failed loses nothing of it: it is there again when the event is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from outreach_app.store.stores import Store
from ui.desks import Desk
from ui.pages.event_finders import Picker
from ui.widgets.chips import Chip, ChipRow, Stepper
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import GrowingText, LineEdit
from ui.widgets.suggestions import Suggestion, TypeAhead

Typed = dict[str, Any]
"""What stands in a form's fields, by their names, as JSON."""

_EVERY_MS = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a form, and what was sent off and is not known to be saved."""

    typed: Typed = field(default_factory=dict)
    waiting: Sequence[Typed] = ()

    def __bool__(self) -> bool:
        return bool(self.typed or self.waiting)


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


class DraftKeeper(QObject):
    """Keeps what ``look`` shows, under a name for each event; ``kept`` tells when.

    It ends with the window: at the passphrase or when the window closes it keeps once more, and then the store is gone.
    """

    kept = Signal(object)  # datetime; None where there was nothing to keep

    def __init__(self, name: str, desk: Desk, look: Callable[[], Draft], watched: QWidget) -> None:
        super().__init__(watched)
        self._name, self._desk, self._look = name, desk, look
        self._event = ""
        self._last: Draft | None = None  # None: what was kept before has not been read yet
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._window: QWidget | None = None
        desk.locked.connect(self._end)

    def begin(self, event: str, found: Callable[[Draft], None]) -> None:
        """Start on an event: ``found`` is told what was kept of it, if anything was."""
        self._event, self._last = event, None
        name = _setting(self._name, event)

        def told(raw: Any) -> None:
            if self._event != event:
                return
            before = Draft(raw[0], tuple(raw[1])) if raw else Draft()
            self._last = before
            if before:
                found(before)
            self._timer.start()

        self._desk.read(lambda store: store.setting(name), told)

    def watch(self, window: QWidget) -> None:
        """Keep once more when this window closes."""
        if self._window is not window:
            self._window = window
            window.installEventFilter(self)

    def keep(self) -> None:
        """Keep what there is now, if it is not kept already."""
        now = self._look()
        if self._last is None or now == self._last:
            return
        self._last = now
        name, raw = _setting(self._name, self._event), [now.typed, list(now.waiting)] if now else None
        when = datetime.now() if now.typed else None
        self._desk.work(
            lambda store, _tell: store.set_setting(name, raw),
            lambda _none: self.kept.emit(when),
            lambda _why: None,  # a full disk is said at the next save; what stands in the window is still there
        )

    def put_aside(self, event: str, typed: Typed) -> None:
        """Keep something that was not saved with another event than the one in view."""
        name = _setting(self._name, event)
        self._desk.work(lambda store, _tell: _add_waiting(store, name, typed), failed=lambda _why: None)

    def _end(self) -> None:
        if self._timer.isActive():
            self.keep()
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the window closes, or is shown again."""
        if event.type() is QEvent.Type.Close:
            self._end()
        return super().eventFilter(watched, event)


def _setting(name: str, event: str) -> str:
    return f"draft {name} {event}"


def _add_waiting(store: Store, name: str, typed: Typed) -> None:
    raw = store.setting(name) or [{}, []]
    store.set_setting(name, [raw[0], [*raw[1], typed]])
