"""What was just noted, to be read back to whoever said it, with the code they may take along on a slip."""

from datetime import date

from PySide6.QtGui import QGuiApplication

from outreach_app.model.codes import spaced
from outreach_app.operations.feedback import ReadBack, read_back
from outreach_app.operations.slips import draw_slip
from outreach_app.texts import _
from ui.actions import action, bind
from ui.desks import Desk
from ui.printing.printers import asked_printer, print_pdf
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Line
from ui.widgets.labels import Words
from ui.widgets.layouts import Pane, column, flow


class ReadBackPane(Pane):
    """Shown under the form once a note is saved, until the next is begun."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.note: ReadBack | None = None
        self.can = bind(self, self)
        self.head = Words("", "label", wrap=True)
        self.words = Words("", wrap=True)
        self.slip = Words("", "strong")
        buttons = [Button.of(self.can[name], size=ButtonSize.LARGE) for name in ("copy_slip", "print_slip")]
        self.slip_row = Pane(flow(self.slip, *buttons))
        self.setLayout(column(Line(), self.head, self.words, self.slip_row, space="small"))
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._show(None)
        self.hide()

    def read(self, feedback: str, sealed: str = "") -> None:
        """Read back what the store holds of a note; of one that was sealed, say ``sealed``."""

        def told(note: ReadBack | None) -> None:
            self._show(None if sealed else note)
            if sealed or note is None:
                self.head.setText(sealed)
                self.words.hide()
            self.setVisible(bool(self.head.text()))

        self._desk.read(lambda store: read_back(store, feedback), told)

    @action("copy_slip", "Copy the code", shortcut="Alt+C", icon="file-text")
    def copy_slip(self) -> None:
        """Put the slip's code where it can be pasted."""
        if self.note is not None:
            QGuiApplication.clipboard().setText(spaced(self.note.slip))
            self._desk.messages.done(_("The code is copied."))

    @action("print_slip", "Print a slip…", shortcut="Alt+L", icon="printer")
    def print_slip(self) -> None:
        """Print a slip with the code and how to ask by it."""
        note = self.note
        if note is not None:
            self._desk.read(lambda store: draw_slip(store, note.feedback, date.today()), self._on_drawn)

    def _on_drawn(self, pdf: bytes) -> None:
        printer = asked_printer(pdf, self)
        if printer is not None:
            self._desk.aside(lambda tell: print_pdf(pdf, printer, tell), label=_("Printing"))

    def _show(self, note: ReadBack | None) -> None:
        self.note = note
        self.head.setText(_("Saved. Read it back to them:") if note else "")
        self.words.setText(f"“{note.words}”" if note else "")
        self.words.setVisible(note is not None)
        code = note.slip if note else ""
        self.slip.setText(_("Their code: {code}", code=spaced(code)) if code else "")
        self.slip_row.setVisible(bool(code))
        for each in self.can.values():
            each.setEnabled(bool(code))
