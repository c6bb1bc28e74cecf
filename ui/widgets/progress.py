"""The progress strip: what is going on, how far it is, and Cancel."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy

from outreach_app.texts import _
from ui.widgets.buttons import Button
from ui.widgets.labels import Words


class ProgressStrip(QFrame):
    """``begin(_("Merging workbooks"), job.cancel)``, ``move_to(3, 50)``, ``end()``. Shown only between the two."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self._cancel: Callable[[], object] | None = None
        self.words, self.figures = Words("", "label"), Words("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.button = Button(_("Cancel"), does=self._on_cancel)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 6, 24, 6)
        line.setSpacing(16)
        line.addWidget(self.words)
        line.addWidget(self.bar, 1)
        line.addWidget(self.figures)
        line.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def begin(self, words: str, cancel: Callable[[], object] | None = None) -> None:
        """Something began; without ``cancel`` it cannot be stopped."""
        self._cancel = cancel
        self.words.setText(words)
        self.bar.setAccessibleName(words)
        self.button.setVisible(cancel is not None)
        self.button.setEnabled(True)
        self.move_to(0, 0)
        self.show()

    def move_to(self, done: int, total: int, doing: str = "") -> None:
        """How far it is; ``total`` 0 where nobody knows. ``doing`` says what is under way now."""
        if doing and self.button.isEnabled():
            self.words.setText(doing)
        self.bar.setVisible(bool(total))  # one that runs to and fro would never be still
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done if total else 0)
        self.figures.setText(_("{done} of {total}", done=f"{done:,}", total=f"{total:,}") if total else "")

    def end(self) -> None:
        """It is over."""
        self._cancel = None
        self.hide()

    def _on_cancel(self) -> None:
        self.button.setEnabled(False)
        self.words.setText(_("Stopping…"))
        if self._cancel is not None:
            self._cancel()
