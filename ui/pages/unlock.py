"""The first page of every day: the passphrase, and nothing else.

It is made of Qt's plainest widgets and no piece of ``ui.widgets``, because it has to be there at once: loading those,
and the enumerations of the ``Qt`` namespace, would cost half as much again as an empty window.
"""

from dataclasses import dataclass

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from outreach_app.texts import _
from ui.look.looks import look

_WIDE = 560


@dataclass(frozen=True, slots=True)
class Unlocking:
    """A passphrase that somebody tries."""

    passphrase: str


class UnlockPage(QWidget):
    """Tells ``asked`` with an :class:`Unlocking`; then ``wait`` until it opened, or ``stay_shut`` with the reason."""

    asked = Signal(object)  # Unlocking
    forgotten = Signal()  # the way by the recovery sheet
    earlier = Signal(object)  # Unlocking: go back to a backup
    rescue = Signal(object)  # Unlocking: the store is damaged, and is to be put together again

    def __init__(self) -> None:
        super().__init__()
        worn = look()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMinimumHeight(worn.height("field", "field"))
        self.line.returnPressed.connect(lambda: self._on_asked())
        label = _label(_("Passphrase"), "label")
        label.setBuddy(self.line)
        self.line.setAccessibleName(label.text())
        self.turn = _button(_("Show"), "link", _("Show the passphrase"))
        self.turn.clicked.connect(lambda _on=False: self._turn())
        self.damage = ""  # what of the store is damaged, where that is why it stays shut
        self.fault = _label("", "fault")
        self.fault.hide()
        self.mend = _button(_("Rescue this store…"), "link", _("Rescue this store…"))
        self.mend.clicked.connect(lambda _on=False: self._on_asked(self.rescue))
        self.mend.hide()
        self.button = _button(_("Open"), "primary", _("Open"))
        self.button.setMinimumHeight(worn.height("target", "body"))
        self.button.clicked.connect(lambda _on=False: self._on_asked())
        self.sheet = _button(_("Open with the recovery sheet"), "link", _("Open with the recovery sheet"))
        self.sheet.clicked.connect(self.forgotten)
        self.turn_back = _button(_("Go back to a backup"), "link", _("Go back to a backup"))
        self.turn_back.clicked.connect(lambda _on=False: self._on_asked(self.earlier))
        middle = QWidget()
        middle.setMaximumWidth(round(_WIDE * worn.text))
        in_order = (self.line, self.mend, self.button, self.turn, self.sheet, self.turn_back)
        for widget in in_order:  # Tab comes by so
            widget.setParent(middle)
        self._lay(middle, label, worn.space("large"))
        self.setFocusProxy(self.line)

    def _lay(self, middle: QWidget, label: QLabel, space: int) -> None:
        above, field, key, below = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        mending, back = QHBoxLayout(), QHBoxLayout()
        mending.addWidget(self.mend)
        mending.addStretch(1)
        above.addWidget(label)
        above.addStretch(1)
        above.addWidget(self.turn)
        field.setSpacing(2)
        field.addLayout(above)
        field.addWidget(self.line)
        key.addStretch(1)
        key.addWidget(_label(_("Enter"), "cap"))
        key.addStretch(1)
        below.setSpacing(space)
        below.addWidget(self.button)
        below.addLayout(key)
        below.addStretch(1)
        below.addWidget(self.sheet)
        back.addStretch(1)
        back.addWidget(self.turn_back)
        made = QVBoxLayout(middle)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(space)
        made.addStretch(2)
        made.addWidget(_label("Outreach", "hero"))
        made.addWidget(_label(_("Everything on this laptop is locked. Your passphrase opens it."), "muted"))
        made.addLayout(field)
        made.addWidget(self.fault)
        made.addLayout(mending)
        made.addLayout(below)
        made.addLayout(back)
        made.addStretch(3)
        across = QHBoxLayout(self)
        across.addStretch(1)
        across.addWidget(middle, 20)
        across.addStretch(1)

    def wait(self) -> None:
        """It is being opened: a second or so, on purpose, so that nobody can try many passphrases."""
        self._refuse("")
        self.mend.hide()
        self.button.setEnabled(False)
        self.button.setText(_("Opening…"))
        self.line.setReadOnly(True)

    def stay_shut(self, sentence: str, damaged: bool = False) -> None:
        """It did not open; say why, and let the person write again. A ``damaged`` store can be rescued."""
        self._refuse(sentence)
        self.damage = sentence if damaged else ""
        self.mend.setVisible(damaged)
        self.button.setEnabled(True)
        self.button.setText(_("Open"))
        self.line.setReadOnly(False)
        self.line.selectAll()
        self.line.setFocus()

    def _refuse(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)

    def _on_asked(self, tells: SignalInstance | None = None) -> None:
        if not self.button.isEnabled():
            return
        if not self.line.text():
            self._refuse(_("Please write your passphrase."))
            return
        (tells or self.asked).emit(Unlocking(self.line.text()))

    def _turn(self) -> None:
        hidden = self.line.echoMode() is QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.turn.setText(_("Hide") if hidden else _("Show"))


def _label(text: str, role: str) -> QLabel:
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(role in ("muted", "fault"))
    return made


def _button(text: str, face: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("face", face)
    made.setAccessibleName(name)
    return made
