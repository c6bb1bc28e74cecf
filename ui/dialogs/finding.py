"""Whom or what are you looking for? A few letters and Enter, from anywhere; what can be done here is found as well."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from outreach_app.model.vocabularies import folded
from outreach_app.texts import _, say
from ui.actions import keys_of, spec_of
from ui.desks import Desk, Destination
from ui.look.looks import look
from ui.widgets.fields import LabelledField
from ui.widgets.labels import muted
from ui.widgets.suggestions import Suggestion, TypeAhead

if TYPE_CHECKING:
    from outreach_app.store.searching import Found

_WIDE = 720
_EACH = 4  # of one kind
_DO = 3  # actions
_OPENED = 20  # remembered
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_NAMES = ("people", "organizations", "events", "groups")
"""The kinds that are called by a name alone: where a queue looks on, nothing else is shown."""


class FindPanel(QFrame):
    """Lies over the page, and nothing waits for it: Enter takes the chosen line, Escape or going elsewhere closes it.

    ``actions`` gives what can be done where one is. ``open(queue=True)`` where others look at the screen.
    """

    def __init__(self, desk: Desk, actions: Callable[[], Mapping[str, QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self._does: dict[str, Callable[[], object]] = {}
        self._opened: list[tuple[str, str]] = []
        self._queue = False
        self._answered = ""  # what the lines shown answer
        self._entered = False  # Enter was pressed before they did
        self._before: QWidget | None = None
        self.setProperty("ground", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Find"))
        self.field = TypeAhead(placeholder=_("A name, an organization, a phone number, a code"))
        self.field.typed.connect(self._look_for)
        self.field.taken.connect(self._on_taken)
        self.field.field.installEventFilter(self)
        self.nothing = muted("")
        self.nothing.hide()
        known = desk.store.registry.items()
        self._kinds = [name for name, kind in known if kind.about.in_forms]
        self._kinds.sort(key=lambda name: name != "people")  # whom one looks for most
        self._column = made = QVBoxLayout(self)
        made.setContentsMargins(24, 16, 24, 20)
        made.setSpacing(8)
        made.addWidget(LabelledField(_("Find"), self.field, buddy=self.field.field))
        made.addWidget(self.nothing)
        desk.went.connect(self._on_went)
        self.hide()

    def open(self, queue: bool = False) -> None:
        """Come into view, empty but for what is recent."""
        if self.isVisible():
            self.field.field.selectAll()
            return
        self._queue, self._before = queue, self.window().focusWidget()
        self.field.clear()
        self._answered, self._entered = "", False
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look_for("")

    def put_away(self) -> None:
        """Go, and give the focus back to where it was."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def place(self, left: int, width: int, height: int) -> None:
        """Lie over the upper part of a page that has so much room."""
        wide = min(round(_WIDE * look().text), width - 32)
        self.setGeometry(left + (width - wide) // 2, min(64, height // 10), wide, self.heightForWidth(wide))
        self.adjustSize()
        self.resize(wide, self.height())

    @property
    def _room(self) -> int:
        """How many lines fit below the field."""
        below = self.window().height() - self.y() - 3 * look().height("field", "field")
        return max(4, below // look().height("nav", "body"))

    def _look_for(self, typed: str) -> None:
        self._entered = False
        if typed:
            room, kinds = self._room, _NAMES if self._queue else self._kinds
            self._desk.read(
                lambda store: store.find_each(typed, kinds, _EACH, room - _DO), lambda found: self._show(typed, found)
            )
        elif self._queue:
            self._answered = ""
            self._say(_("While a queue may look, only names are shown."))
        else:
            from outreach_app.operations.recents import recent

            opened = tuple(self._opened)
            self._desk.read(lambda store: recent(store, opened), self._show_recent)

    def _show_recent(self, found: "Sequence[Found]") -> None:
        if self.isVisible() and not self.field.text:
            self._answered = ""
            self.field.list.offer(self._lines(found, _("Recent")))
            self._say("" if found else _("What you open or save is listed here."))

    def _show(self, typed: str, found: "Sequence[Found]") -> None:
        if not self.isVisible() or typed != self.field.text:
            return
        lines = [*self._lines(found), *self._to_do(typed)]
        self.field.offer(typed, lines)
        self._answered = typed
        self._say("" if lines else _("Nothing found for these letters."))
        if self._entered and lines:
            self.field.take(lines[0])
        self._entered = False

    def _say(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self._fit()

    def _fit(self) -> None:
        self.resize(self.width(), self._column.totalSizeHint().height())

    def _lines(self, found: "Sequence[Found]", group: str = "") -> list[Suggestion]:
        registry, made = self._desk.store.registry, []
        for one in found:
            about, key = registry[one.kind].about, f"{one.kind}/{one.id}"
            self._does[key] = lambda one=one: self._desk.go_to_record(one.kind, one.id)  # type: ignore[misc]  # its own
            detail = say(about.one) if group else _("spelled nearly so") if one.near else ""
            of = group or say(about.menu or about.label)
            made.append(Suggestion(key, one.title, detail, icon=about.icon, group=of))
        return made

    def _to_do(self, typed: str) -> list[Suggestion]:
        """What can be done here, the words of which begin so."""
        words, made = folded(typed).split(), []
        for name, doing in self._actions().items():
            spec = spec_of(doing)
            said = f" {folded(f'{doing.text()} {doing.toolTip()}')}"
            if doing.isEnabled() and doing.isVisible() and all(f" {word}" in said for word in words):
                self._does[f"do/{name}"] = doing.trigger
                made.append(Suggestion(f"do/{name}", doing.text(), keys_of(doing), icon=spec.icon, group=_("Do")))
        return made[:_DO]

    def _on_taken(self, line: Suggestion) -> None:
        does = self._does[line.key]
        self.put_away()
        does()

    def _on_went(self, to: Destination) -> None:
        self.hide()  # whichever way one left the page it lay over
        kind = "events" if to.page == "event" else str(to.arguments.get("kind") or "")
        record = to.arguments.get("event" if to.page == "event" else "record")
        if to.page in ("event", "record") and isinstance(record, str):
            self._opened = [(kind, record), *(each for each in self._opened if each != (kind, record))][:_OPENED]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: Escape closes it, and so does going elsewhere in the window; Enter waits for what was typed."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.put_away()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.text != self._answered:
                self._entered = True
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _STAYS:
            self.hide()
        return super().eventFilter(watched, event)
