"""What a page before any store is open is made of: a narrow column in the middle, and passphrases to write."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import Scroll
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import Words
from ui.widgets.layouts import Piece, Settling, fill

_WIDE = 560


class Door(QWidget):
    """Pieces one below the other in the middle of the window, on the paper ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "background")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.fault = Words("", "fault", wrap=True)
        self.fault.hide()

    def lay(self, *pieces: Piece) -> None:
        """Lay it out; it scrolls where the window is too low for it."""
        middle = Settling()
        middle.setMaximumWidth(round(_WIDE * look().text))
        fill(QVBoxLayout(middle), (2, *pieces, 3), "large", (0, 24, 0, 24))
        across = Settling()
        line = QHBoxLayout(across)
        line.setContentsMargins(24, 0, 24, 0)
        line.addStretch(1)
        line.addWidget(middle, 20)
        line.addStretch(1)
        all_ = QVBoxLayout(self)
        all_.setContentsMargins(0, 0, 0, 0)
        all_.addWidget(Scroll(across))

    def refuse(self, sentence: str) -> None:
        """Say what went wrong, above the button; "" takes that back."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))


class PassphraseField(Settling):
    """A passphrase, hidden as it is written, with a link to look at it. ``entered`` tells Enter."""

    entered = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.line = LineEdit(secret=True)
        self.line.returnPressed.connect(self.entered)
        self.look = LinkButton(_("Show"), self._turn)
        self.field = LabelledField(label, self.line, beside=self.look)
        self.look.setAccessibleName(_("Show what is written: {field}", field=label))
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(0)
        made.addWidget(self.field)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What is written, as it is written."""
        return self.line.text()

    def _turn(self) -> None:
        hidden = self.line.echoMode() is QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.look.say(_("Hide") if hidden else _("Show"))
