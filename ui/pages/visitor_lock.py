"""What keeps a visitor at the visitor screen: the whole screen, twice the type, no closing, and a PIN to leave by."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app.operations.keys import idle_minutes
from outreach_app.texts import _
from ui.desks import Desk
from ui.look import look, wear
from ui.pages.visitor_forms import Step, large, plain
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.layouts import Pane, flow

TWICE = 2.0
"""The visitor's text is twice as large, or as large as the window's where that is larger already."""

_LONGER = 4  # times as long as otherwise nobody may touch the laptop until it is locked: visitors come and go


class LockDown(QObject):
    """``begin`` hands the screen over to visitors, ``end`` takes it back.

    While it holds, the window fills the screen and cannot be closed; the clipboard, which may hold what a worker
    copied, is emptied. Where nobody comes for long, the laptop still locks itself: then the passphrase alone opens it.
    """

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._window: QWidget | None = None
        self._was_full, self._text = False, 1.0
        desk.ending.connect(self.end)

    @property
    def holds(self) -> bool:
        """Whether a visitor has the screen."""
        return self._window is not None

    def begin(self) -> None:
        """Fill the screen."""
        if self._window is not None:
            return
        self._window = window = self._page.window()
        self._was_full, self._text = window.isFullScreen(), look().text
        QGuiApplication.clipboard().clear()
        self._dress(max(TWICE, self._text))
        window.installEventFilter(self)
        window.showFullScreen()
        window.activateWindow()
        self._desk.read(idle_minutes, lambda minutes: self._rest_after(minutes * _LONGER))

    def end(self) -> None:
        """Give the screen back."""
        window, self._window = self._window, None
        if window is None:
            return
        window.removeEventFilter(self)
        self._dress(self._text)
        if not self._was_full:
            window.showNormal()
            window.activateWindow()

    def rest_as_before(self) -> None:
        """Have the laptop locked after as long as otherwise."""
        self._desk.read(idle_minutes, self._rest_after)

    def _rest_after(self, minutes: int) -> None:
        self._desk.rests_after.emit(minutes)

    def _dress(self, text: float) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if look().text != text:
            wear(app, replace(look(), text=text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: the window is asked to close, by Alt+F4 or its cross."""
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class ChoosePinStep(Step):
    """Before the screen is handed over: the PIN that takes it back."""

    chosen = Signal(str)

    def __init__(self) -> None:
        self.pin, self.again = LineEdit(secret=True), LineEdit(secret=True)
        self.field = LabelledField(_("PIN of 4 to 8 digits"), self.pin)
        go, back = large(_("Open the visitor screen"), primary=True), large(_("Back"))
        super().__init__(
            _("Choose a PIN to leave by"),
            _("The visitor screen fills the whole screen. It is left by this PIN, or by your passphrase."),
            self.field,
            LabelledField(_("The same again"), self.again),
            Pane(flow(go, back, across=16, down=12)),
        )
        go.clicked.connect(lambda _on=False: self.send())
        self.again.returnPressed.connect(self.send)
        self.pin.returnPressed.connect(self.again.setFocus)
        back.clicked.connect(lambda _on=False: self.back.emit())

    @property
    def first(self) -> QWidget:
        """The PIN."""
        return self.pin

    def send(self) -> None:
        """Choose it, where both are the same."""
        same = self.pin.text() == self.again.text()
        self.field.refuse("" if same else _("The two are not the same. Please write it again."))
        if same:
            self.chosen.emit(self.pin.text())
        else:
            self.pin.setFocus()


class LeaveStep(Step):
    """For staff: the PIN, or the passphrase where nobody knows it."""

    tried = Signal(str)
    forgotten = Signal()

    def __init__(self) -> None:
        self.pin = plain(LineEdit(secret=True))
        self.field = LabelledField(_("PIN"), self.pin)
        self.leave, back = large(_("Leave"), primary=True), large(_("Back"))
        forgot = large(_("Lock instead"), icon="lock")
        super().__init__(
            _("For staff"),
            _("The PIN leads back to the event. Without it, lock: the passphrase opens it again."),
            self.field,
            Pane(flow(self.leave, back, forgot, across=16, down=12)),
        )
        self.leave.clicked.connect(lambda _on=False: self.send())
        self.pin.returnPressed.connect(self.send)
        back.clicked.connect(lambda _on=False: self.back.emit())
        forgot.clicked.connect(lambda _on=False: self.forgotten.emit())

    @property
    def first(self) -> QWidget:
        """The PIN."""
        return self.pin

    @property
    def typed(self) -> bool:
        """Always: nobody is to find it waiting."""
        return True

    def send(self) -> None:
        """Try it."""
        if self.leave.isEnabled() and self.pin.text():
            self.tried.emit(self.pin.text())

    def wrong(self, wait: bool) -> None:
        """It is not the PIN; ``wait``: it was wrong too often, and nothing is tried for a while."""
        self.pin.clear()
        self.leave.setEnabled(not wait)
        self.pin.setEnabled(not wait)
        self.field.refuse(
            _("That is not the PIN. Wait half a minute, then try again.") if wait else _("That is not the PIN.")
        )
        if not wait:
            self.pin.setFocus()

    def again(self) -> None:
        """The wait is over."""
        self.leave.setEnabled(True)
        self.pin.setEnabled(True)
        self.field.refuse("")
        self.pin.setFocus()
