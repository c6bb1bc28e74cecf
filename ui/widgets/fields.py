"""Fields to write in, and the label that belongs to each."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.look.looks import look
from ui.widgets.announcements import announce
from ui.widgets.labels import Words
from ui.widgets.layouts import Settling, row


class LineEdit(QLineEdit):
    """One line to write in. Ctrl+Z undoes typing while there is typing to undo; else the window's own undo gets it."""

    def __init__(self, text: str = "", *, placeholder: str = "", secret: bool = False) -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)

    def sizeHint(self) -> QSize:
        """Qt's: high enough to hit."""
        return QSize(super().sizeHint().width(), look().height("field", "field"))

    def minimumSizeHint(self) -> QSize:
        """Qt's: never lower."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Qt's: let undo and redo go to the window where this field has nothing to undo."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def wrong(self, wrong: bool) -> None:
        """Show, or stop showing, that what stands here cannot be used."""
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class GrowingText(QPlainTextEdit):
    """Several lines to write in; it grows with them up to ``most`` lines, then scrolls. Tab goes to the next field.

    Ctrl+Enter is left to the page's action; ``submitted`` is told where nobody else takes it.
    """

    submitted = Signal()

    def __init__(
        self, *, placeholder: str = "", least: int = 2, most: int = 10, step: str = "field", flows: bool = False
    ) -> None:
        """``flows``: its lines are one text, and Enter submits it, which scanners send after what they read."""
        super().__init__()
        self._least, self._most, self._step, self._flows = least, most, step, flows
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    @property
    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def write(self, text: str) -> None:
        """Put ``text`` in place of what is written."""
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        """Qt's: the height of the lines written, within bounds."""
        lines = max(self._least, min(self._most, round(self.document().size().height())))
        return QSize(super().sizeHint().width(), self._height(lines))

    def minimumSizeHint(self) -> QSize:
        """Qt's: the height of its least lines."""
        return QSize(80, self._height(self._least))

    def _height(self, lines: int) -> int:
        return lines * look().metrics(self._step).lineSpacing() + 26

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Ctrl+Enter submits, and Enter where the lines are one text."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (self._flows or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt's: let undo and redo go to the window where nothing here is to be undone."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)


class LabelledField(Settling):
    """A bold label, a muted hint after it, the field, and below it the reason where what was typed cannot be used.
    ``buddy`` is the part of the field that takes the keys, ``beside`` something at the label's right.

    name = LabelledField(_("Name"), LineEdit(), hint=_("— a name is enough"))
    name.refuse(_("Please write a name."));  name.refuse("")
    """

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        hint: str = "",
        buddy: QWidget | None = None,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.field = field
        self.named = named = buddy or field
        self.label = Words(label, "label", buddy=named)
        self._described = hint.lstrip("— ")
        named.setAccessibleDescription(self._described)
        self.hint = Words(hint, "muted", wrap=True)
        if not hint:
            self.hint.hide()
        self.reason = Words("", "fault", wrap=True)
        self.reason.hide()
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(4)
        made.addWidget(field)  # before what stands above it: Tab comes by in the order things are added
        made.insertLayout(0, row(self.label, (self.hint, 1), None if hint else 1, beside, space="small"))
        made.addWidget(self.reason)
        if Qt.Orientation.Vertical not in field.sizePolicy().expandingDirections():
            made.addStretch(1)
        self.setFocusProxy(named)
        if isinstance(named, LineEdit):
            named.textChanged.connect(lambda _text: self.refuse(""))  # what was complained of is being mended

    def refuse(self, reason: str) -> None:
        """Say why it cannot be used; "" takes that back."""
        if reason == self.reason.text():
            return
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        if isinstance(self.named, LineEdit):
            self.named.wrong(bool(reason))
        self.named.setAccessibleDescription(reason or self._described)
        announce(self.named, reason, urgent=True)
