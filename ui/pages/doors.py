"""What a page before any store is open is made of: a narrow column in the middle, and passphrases to write."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from outreach_app.model.passphrases import GOOD, advice, refusal
from outreach_app.texts import _
from ui.look.looks import look
from ui.widgets.announcements import announce
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import Scroll
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.labels import Words
from ui.widgets.layouts import Columns, Piece, Settling, column, fill

_WIDE = 560
_TWO = 440  # pixels that two passphrases side by side need, at the plain text size


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
        announce(self.fault, sentence, urgent=True)


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


class NewPassphrase(Settling):
    """A passphrase to choose, written twice. ``entered`` tells Enter."""

    entered = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.first, self.again = PassphraseField(label), PassphraseField(_("The same again"))
        for field in (self.first, self.again):
            field.entered.connect(self.entered)
        self.advice = Words("", "muted", wrap=True)
        self.first.line.textChanged.connect(self._on_written)
        self.setLayout(column(Columns((self.first, 1), (self.again, 1), least=_TWO), self.advice, space="hair"))
        self._on_written("")
        # Who types it twice does not come by what lies between. What shows the first is moved, not the second line:
        # that would come before the widgets that hand their focus on to it, and Tab would go round between them.
        QWidget.setTabOrder(self.again.line, self.first.look)
        self.setFocusProxy(self.first)

    @property
    def text(self) -> str:
        """What is written, as it is written."""
        return self.first.text

    def reasons(self) -> Sequence[tuple[LabelledField, str]]:
        """Its two fields, each with why what stands there cannot be used, or ""."""
        short = refusal(self.first.text)
        differ = not short and self.first.text != self.again.text
        return (
            (self.first.field, short),
            (self.again.field, _("The two are not the same. Please write it again.") if differ else ""),
        )

    def _on_written(self, text: str) -> None:
        """Say kindly what would be safer; it may be chosen all the same."""
        weak = "" if refusal(text) else advice(text)
        self.advice.setText(weak or _("{n} letters or more, or four words that do not belong together.", n=GOOD))
        self.advice.show_as("waits" if weak else "muted")

    def clear(self) -> None:
        """Write nothing in it."""
        for field in (self.first, self.again):
            field.line.clear()
            field.field.refuse("")


def all_said(reasons: Sequence[tuple[LabelledField, str]]) -> bool:
    """Whether all is there; what is not says so, and the first of it has the focus."""
    for field, reason in reasons:
        field.refuse(reason)
    wrong = [field for field, reason in reasons if reason]
    if wrong:
        wrong[0].named.setFocus()
    return not wrong
