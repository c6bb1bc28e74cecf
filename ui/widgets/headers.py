"""The head of a page: its title, a sentence under it, and what can be done at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import muted, title
from ui.widgets.layouts import Settling, column, fill, flow, row


class PageHeader(Settling):
    """Title, subtitle, buttons; with ``back``, an arrow at the left.

    PageHeader(_("Events"), _("14 so far"), Button.of(self.can["new"], size=ButtonSize.LARGE))
    """

    def __init__(
        self, words: str = "", subtitle: str = "", *buttons: QWidget, back: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.title, self.subtitle = title(words), muted(subtitle)
        self.back = Button("", icon="arrow-left", size=ButtonSize.LARGE, does=back) if back is not None else None
        if self.back is not None:
            self.back.setAccessibleName(_("Back"))
            self.back.setToolTip(_("Back"))
        words_ = column(self.title, self.subtitle, space="none")
        self._buttons = buttons
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        offered = flow(*buttons)
        fill(self._box, (row(self.back, (words_, 1), space="large"), offered), "large", (0, 0, 0, 0))
        self._box.setAlignment(offered, Qt.AlignmentFlag.AlignVCenter)
        self._box.setStretch(0, 1)
        if not subtitle:
            self.subtitle.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: the buttons go below the title where both do not fit."""
        super().resizeEvent(event)
        back = self.back.sizeHint().width() + 16 if self.back is not None else 0
        buttons = sum(button.sizeHint().width() + 16 for button in self._buttons)
        title = look().metrics("title", bold=True).horizontalAdvance(self.title.text())
        narrow = back + title + buttons > self.width()
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() is not wanted:
            self._box.setDirection(wanted)

    def say(self, words: str, subtitle: str = "") -> None:
        """Change title and subtitle."""
        self.title.setText(words)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
