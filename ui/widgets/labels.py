"""Words: titles, headings, hints, and the small boxes that show a key."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.actions import keys_of
from ui.widgets.painting import cap_size, draw_cap, painter_for


class Words(QLabel):
    """Plain text in one of the roles of the style sheet: title, hero, heading, label, strong, small, muted, tiny,
    waits, fault, or "" for body text. Never read as HTML, so what people typed is shown as it is.

    ``wrap`` lets it go on over several lines; ``buddy`` is the widget it names.
    """

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = False, buddy: QWidget | None = None) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if buddy is not None:
            self.setBuddy(buddy)
            buddy.setAccessibleName(text)

    def show_as(self, role: str) -> None:
        """Show it in another role."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


def title(text: str = "") -> Words:
    """The name of a page."""
    return Words(text, "title", wrap=True)


def heading(text: str = "") -> Words:
    """The name of a card or a part of one."""
    return Words(text, "heading")


def muted(text: str = "", *, wrap: bool = True) -> Words:
    """What may be read but need not."""
    return Words(text, "muted", wrap=wrap)


class KeyCap(QWidget):
    """A key in a small box, from the action it belongs to, or as given: ``KeyCap(action)``, ``KeyCap(keys="Esc")``."""

    def __init__(self, of: QAction | None = None, keys: str = "") -> None:
        super().__init__()
        self._keys = keys_of(of) if of is not None else keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def keys(self) -> str:
        """What it shows."""
        return self._keys

    def sizeHint(self) -> QSize:
        """Qt's: as large as its text needs."""
        return cap_size(self._keys)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        painter = painter_for(self)
        draw_cap(painter, 0, self.height() // 2, self._keys)
        painter.end()
