"""What the card of a record's page shows, and the forms that wait out of sight until they are saved."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.forms.forms import RecordForm
from ui.widgets.layouts import Pane

Key = tuple[str, str]
"""A kind, and a record's id (or what tells one new record from another)."""


class Bodies(Pane):
    """One thing at a time: a form, facts, or why there is nothing to see."""

    def __init__(self) -> None:
        self._line = QVBoxLayout()
        super().__init__(self._line)
        self._line.setContentsMargins(0, 0, 8, 0)
        self._shown: QWidget | None = None
        self._kept: dict[Key, RecordForm] = {}

    def show_body(self, body: QWidget | None) -> None:
        """Show this in place of what was shown; a form that is kept is only put out of sight."""
        old, self._shown = self._shown, body
        if old is not None and old is not body:
            old.hide()
            if old not in self._kept.values():
                self._line.removeWidget(old)
                old.deleteLater()  # and stays where it is until then: out of the window it would be dressed anew
        if body is not None:
            if self._line.indexOf(body) < 0:
                self._line.addWidget(body)
            body.show()

    def keep(self, key: Key, form: RecordForm) -> None:
        """Keep a form in which something waits to be saved."""
        self._kept[key] = form

    def kept(self, key: Key) -> RecordForm | None:
        """The form that waits for a record."""
        return self._kept.get(key)

    @property
    def waiting(self) -> dict[Key, RecordForm]:
        """The forms that wait, by what they are of."""
        return dict(self._kept)

    def forget(self, form: RecordForm) -> None:
        """Nothing waits in this form any more."""
        for key in [key for key, each in self._kept.items() if each is form]:
            del self._kept[key]
        if form is not self._shown and self._line.indexOf(form) >= 0:
            self._line.removeWidget(form)
            form.deleteLater()
