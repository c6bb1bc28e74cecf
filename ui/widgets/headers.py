"""The head of a page: its title, a sentence under it, and what can be done at the right."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from outreach_app.texts import _
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.labels import muted, title
from ui.widgets.layouts import Settling, column


class PageHeader(Settling):
    """Title, subtitle, buttons; with ``back``, an arrow at the left.

    PageHeader(_("Events"), _("14 so far"), Button.of(self.can["new"], size=ButtonSize.LARGE))
    """

    def __init__(
        self, words: str = "", subtitle: str = "", *buttons: QWidget, back: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.title, self.subtitle = title(words), muted(subtitle)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        if back is not None:
            self.back = Button("", icon="arrow-left", size=ButtonSize.LARGE, does=back)
            self.back.setAccessibleName(_("Back"))
            self.back.setToolTip(_("Back"))
            line.addWidget(self.back)
        line.addLayout(column(self.title, self.subtitle, space="none"), 1)
        for button in buttons:
            line.addWidget(button)
        if not subtitle:
            self.subtitle.hide()

    def say(self, words: str, subtitle: str = "") -> None:
        """Change title and subtitle."""
        self.title.setText(words)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
