"""The message bar: what the window has to say, above the status bar, never in the way."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from outreach_app.texts import _
from ui.messages import Message, MessageKind
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Icon
from ui.widgets.labels import Words

_STAYS, _OFFERS = 8_000, 30_000  # milliseconds that good news stays, and good news that offers something
_ICONS = {MessageKind.DONE: "circle-check", MessageKind.WAITS: "clock", MessageKind.FAULT: "triangle-alert"}
_COLOURS = {MessageKind.DONE: "accent", MessageKind.WAITS: "waits", MessageKind.FAULT: "loss"}


class MessageBar(QFrame):
    """One message at a time. Escape or the cross closes it; good news goes by itself, for it covers the page's
    foot, and what it offers is found elsewhere too; what waits and faults stay.

    ``messages.said.connect(bar.show_message)``; ``resized`` asks who placed it to place it anew.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "message")
        self.message: Message | None = None
        self._icon: Icon | None = None
        self.words = Words("", "small", wrap=True)
        self.link = LinkButton("", self._follow)
        self.cross = Button("", icon="x", does=self.close_message)
        self.cross.setAccessibleName(_("Close this message"))
        self.cross.setToolTip(_("Close this message"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 6, 8, 6)
        self._line.setSpacing(12)
        self._line.addWidget(self.words, 1)
        self._line.addWidget(self.link)
        self._line.addWidget(self.cross)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._escape = QShortcut(QKeySequence("Esc"), self)
        self._escape.activated.connect(self.close_message)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show this one in place of the one before."""
        self.message = message
        if self._icon is not None:
            self._line.removeWidget(self._icon)
            self._icon.deleteLater()
        self._icon = Icon(_ICONS[message.kind], _COLOURS[message.kind])
        self._line.insertWidget(0, self._icon)
        self.words.setText(message.text)
        self.setAccessibleName(message.text)
        self.link.say(message.link)
        self.link.setVisible(bool(message.link))
        self.setProperty("kind", message.kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.resized.emit()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if message.kind is MessageKind.DONE:
            self._timer.start(_OFFERS if message.link else _STAYS)
        else:
            self._timer.stop()

    def close_message(self) -> None:
        """Close it."""
        self._timer.stop()
        self.message = None
        self.hide()

    def _on_time(self) -> None:
        """Its time is over; not while somebody is at it."""
        if self.link.hasFocus():
            self._timer.start(_STAYS)
        else:
            self.close_message()

    def _follow(self) -> None:
        does = self.message.does if self.message else None
        self.close_message()
        if does is not None:
            does()
