"""A month to choose a day from, opened beside a typed day and closed by choosing one or by Escape."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QSizePolicy, QToolButton

from outreach_app.texts import _, language
from ui.look.looks import look

_DAYS = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class Calendar(QCalendarWidget):
    """``chosen`` tells a day as it is kept, "2026-11-21"; ``left`` that nobody wants one."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(_("Calendar: {field}", field=name))
        self.setLocale(QLocale(QLocale.Language.Spanish if language() == "es" else QLocale.Language.English))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(9 * look().height("control", "small"))
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(look().colour("ink"))
        head.setForeground(look().colour("muted"))
        self.setHeaderTextFormat(head)
        for day in _DAYS:
            self.setWeekdayTextFormat(day, plain)
        for part, said in (("prevmonth", _("The month before")), ("nextmonth", _("The month after"))):
            button = self.findChild(QToolButton, f"qt_calendar_{part}")
            if button is not None:
                button.setAccessibleName(said)
                button.setToolTip(said)
        self.clicked.connect(self._on_day)
        self.activated.connect(self._on_day)

    def show_day(self, day: str) -> None:
        """Begin at a day as it is kept; at today where it is no whole one."""
        at = QDate.fromString(day, Qt.DateFormat.ISODate)
        today = date.today()
        self.setSelectedDate(at if at.isValid() else QDate(today.year, today.month, today.day))
        self.setFocus()

    def _on_day(self, day: QDate) -> None:
        self.chosen.emit(day.toString(Qt.DateFormat.ISODate))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Escape leaves the day as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
