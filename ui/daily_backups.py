"""The day's backup, made by itself while people work: some time after unlocking, so that nobody waits for it."""

from PySide6.QtCore import QObject, QTimer

from outreach_app.operations.backups import Keeping, keeping
from ui.desks import Desk

_FIRST_MS = 20_000
_THEN_MS = 60 * 60 * 1000


class DailyBackups(QObject):
    """Looks whether one is due soon after it began, and every hour of a window that stays open.

    A fault (the stick is not in, the disk is full) is said in the message bar; what was made before stays. Because each
    page of the store is read for it, damage that no opening finds is found the same day.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Begin to look."""
        self._timer.start(_FIRST_MS)

    def stop(self) -> None:
        """Look no more; what is under way is broken off with the other work."""
        self._timer.stop()

    def look(self) -> None:
        """Have one made, if it is due: the copying needs no turn of the database's thread, so it holds up no save."""
        self._timer.start(_THEN_MS)
        self.desk.read(keeping, self._on_known)

    def _on_known(self, kept: Keeping) -> None:
        self.desk.aside(kept.make_if_due, yields=True)
