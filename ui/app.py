"""The program's window from start to end: the door (welcome, or passphrase), then the open window.

Nothing that is heavy (database, records, pages) is loaded before the passphrase was given: the first page has to be
there at once on an old laptop.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QStandardPaths, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from outreach_app.model.errors import DamagedStore
from outreach_app.store.door_looks import door_look
from outreach_app.store.key_files import DATABASE, holds_a_store, opens_by_itself
from outreach_app.texts import _
from ui import openings
from ui.appearance import appear, application
from ui.jobs import Jobs
from ui.look import Theme
from ui.pages.unlock import Unlocking, UnlockPage

if TYPE_CHECKING:
    from outreach_app.operations.going_back import Opens
    from outreach_app.store.stores import Store
    from ui.daily_backups import DailyBackups
    from ui.desks import Desk
    from ui.idling import IdleWatch
    from ui.main_window import MainWindow
    from ui.pages.base import PageSpec
    from ui.pages.going_back import GoingBackPage
    from ui.pages.recovering import Recovering
    from ui.pages.rescuing import Rescuing
    from ui.pages.welcome import Founding, Joining

_SIZE = (1366, 768)
_LEAST = (800, 560)
_AGAIN_MS = 30
_DEPARTMENT = "department_settings"


class Frame(QMainWindow):
    """The one window on the screen. It holds the door or the open window, and the threads that both work with."""

    def __init__(self, folder: Path, places: "Callable[[], Sequence[PageSpec]]") -> None:
        super().__init__()
        self.folder, self._places = folder, places
        self.store: Store | None = None
        self.desk: Desk | None = None
        self.jobs = Jobs(self)
        self.idling: IdleWatch | None = None
        self.daily: DailyBackups | None = None
        self.setWindowTitle("Outreach")
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        appear(door_look(folder))
        self.show_door()
        if opens_by_itself(self.folder):  # at the start alone: what was locked asks who is there
            self._unlock_by(openings.opened_by_keyring)

    def show_door(self) -> None:
        """The passphrase where there is a store, else the welcome."""
        self._show(self._unlock() if holds_a_store(self.folder) else self._welcome())

    def _show(self, door: QWidget) -> None:
        self.setCentralWidget(door)
        door.setFocus()

    def _unlock(self) -> QWidget:
        door = UnlockPage()
        door.asked.connect(self.unlock)
        door.forgotten.connect(lambda: QTimer.singleShot(0, self._show_recovery))
        door.rescue.connect(lambda said: QTimer.singleShot(0, lambda: self._show_rescue(said.passphrase)))
        door.earlier.connect(lambda said: QTimer.singleShot(0, lambda: self._show_going_back(said.passphrase)))
        return door

    def _show_rescue(self, passphrase: str) -> None:
        from ui.pages.rescuing import RescuePage

        before = self.centralWidget()
        assert isinstance(before, UnlockPage)
        door = RescuePage(before.damage, passphrase)
        door.asked.connect(self._on_rescuing)
        door.back.connect(lambda: QTimer.singleShot(0, self.show_door))
        door.opened.connect(lambda said: QTimer.singleShot(0, lambda: self._open_rescued(said)))
        self._show(door)

    def _on_rescuing(self, said: "Rescuing") -> None:
        from ui.pages.rescuing import RescuePage

        door = self.centralWidget()
        assert isinstance(door, RescuePage)
        work = self.jobs.database(lambda tell: openings.rescued(self.folder, said, tell), door.show_rescued, door.stay)
        door.follow(self.jobs, work)

    def _open_rescued(self, passphrase: str) -> None:
        self.show_door()
        self.unlock(Unlocking(passphrase))

    def _show_going_back(self, passphrase: str) -> None:
        door = self._going_back(lambda folder: openings.opens(folder, passphrase))
        door.opened.connect(lambda: QTimer.singleShot(0, lambda: self._open_rescued(passphrase)))
        self.jobs.database(lambda _tell: openings.earlier(self.folder, passphrase), door.show_earlier, door.stay)

    def _on_going_back(self, to: Path) -> None:
        """Of the open store: whoever is at work needs no passphrase for it, but one to open what is there then."""
        assert self.store is not None
        opened = openings.opened_now(self.store)
        self._let_go()
        self.jobs = Jobs(self)
        door = self._going_back(lambda _folder: opened)
        door.opened.connect(lambda: QTimer.singleShot(0, self.show_door))
        door.rows.chosen = to
        door.choices.hide()
        door.asked.emit(to)

    def _going_back(self, opens: "Opens") -> "GoingBackPage":
        from ui.pages.going_back import GoingBackPage

        door = GoingBackPage()

        def go(to: Path) -> None:
            work = self.jobs.database(
                lambda tell: openings.gone_back(self.folder, to, opens, tell), door.show_gone_back, door.stay
            )
            door.follow(self.jobs, work)

        door.asked.connect(go)
        door.back.connect(lambda: QTimer.singleShot(0, self.show_door))
        self._show(door)
        return door

    def _show_recovery(self) -> None:
        from ui.pages.recovering import RecoverPage

        door = RecoverPage()
        door.asked.connect(self._on_recovering)
        door.back.connect(lambda: QTimer.singleShot(0, self.show_door))
        self._show(door)

    def _welcome(self) -> QWidget:
        from ui.pages.welcome import WelcomePage

        door = WelcomePage()
        door.asked.connect(self._on_welcomed)
        door.sheet_alone.connect(lambda: QTimer.singleShot(0, self._show_sheet_alone))
        return door

    def _show_sheet_alone(self) -> None:
        from ui.pages.recovering import RecoverPage

        door = RecoverPage(alone=True)
        self.jobs.progressed.connect(door.tell)

        def bring_back(said: "Recovering") -> None:
            door.wait()
            self.jobs.database(
                lambda tell: openings.brought_back(self.folder, said, tell), self._on_brought_back, door.stay_shut
            )

        door.asked.connect(bring_back)
        door.back.connect(lambda: QTimer.singleShot(0, self.show_door))
        self._show(door)

    def _on_brought_back(self, store: "Store") -> None:
        self._on_opened(store)
        assert self.desk is not None
        self.desk.messages.waits(
            _(
                "The department is back. Sync with every other folder there is, and give up the laptops that are gone, "
                "under Keys."
            )
        )

    def lock(self) -> None:
        """Close the store and ask for the passphrase again. What is under way ends first. The door of a store that was
        found damaged says so, and offers its rescue."""
        damage = self.desk.damage if self.desk is not None else ""
        self._let_go()
        self.jobs = Jobs(self)
        self.setWindowTitle("Outreach")
        self.show_door()
        door = self.centralWidget()
        if damage and isinstance(door, UnlockPage):
            door.stay_shut(damage, damaged=True)

    @property
    def open_window(self) -> "MainWindow | None":
        """The open window; None while the door is shown."""
        from ui.main_window import MainWindow

        inside = self.centralWidget()
        return inside if isinstance(inside, MainWindow) else None

    def unlock(self, said: Unlocking) -> None:
        """Try a passphrase; the door says what came of it, or makes way for the open window."""
        self._unlock_by(lambda folder: openings.opened(folder, said.passphrase))

    def _unlock_by(self, opens: "Callable[[Path], Store]") -> None:
        door = self.centralWidget()
        assert isinstance(door, UnlockPage)
        door.wait()
        self.jobs.database(lambda _tell: openings.or_damage(opens, self.folder), self._on_tried, door.stay_shut)

    def _on_tried(self, came: "Store | DamagedStore") -> None:
        if isinstance(came, DamagedStore):
            door = self.centralWidget()
            assert isinstance(door, UnlockPage)
            door.stay_shut(str(came), damaged=True)
        else:
            self._on_opened(came)

    def _on_recovering(self, said: "Recovering") -> None:
        from ui.pages.recovering import RecoverPage

        door = self.centralWidget()
        assert isinstance(door, RecoverPage)
        door.wait()
        self.jobs.database(lambda _tell: openings.recovered(self.folder, said), self._on_opened, door.stay_shut)

    def _on_welcomed(self, said: "Founding | Joining") -> None:
        from ui.pages.welcome import WelcomePage

        door = self.centralWidget()
        assert isinstance(door, WelcomePage)
        door.wait()
        self.jobs.database(lambda _tell: openings.made(self.folder, said), self._on_opened, door.stay)

    def _on_opened(self, store: "Store") -> None:
        from ui.daily_backups import DailyBackups
        from ui.desks import Desk
        from ui.idling import IdleWatch
        from ui.main_window import MainWindow
        from ui.messages import Messages
        from ui.pages.places import standing
        from ui.reading_ahead import read_ahead

        self.store = store
        self.desk = Desk(store, self.jobs, Messages(self), self)
        self.desk.locked.connect(lambda: QTimer.singleShot(0, self.lock))  # not from within the link that asked
        self.desk.going_back.connect(lambda to: QTimer.singleShot(0, lambda: self._on_going_back(to)))
        self.setCentralWidget(MainWindow(self.desk, self._places(), standing))
        self.idling = IdleWatch(self.desk)
        self.idling.idle.connect(self._on_idle)
        self.desk.rests_after.connect(self.idling.watch)
        self.desk.set_up.connect(self._on_set_up)
        self.desk.committed.connect(lambda changes: self._on_set_up() if _DEPARTMENT in changes.kinds else None)
        self._on_set_up()
        self.daily = DailyBackups(self.desk)
        self.daily.begin()
        read_ahead(self.desk)

    def _on_set_up(self) -> None:
        """This laptop is set up otherwise."""
        assert self.desk is not None
        from outreach_app.operations.settings import settings

        self.desk.read(settings, self._suit)

    def _suit(self, chosen: "Mapping[str, Any]") -> None:
        """Appear as was chosen, and be locked when it says."""
        if self.idling is not None and self.desk is not None:
            self.desk.chosen = chosen
            self.idling.watch(int(chosen["idle_minutes"]))
            if appear(chosen):
                self._make_anew()

    def _make_anew(self, kept: bool = False) -> None:
        """The open window once more, in the words and sizes of now: page, what is typed and undo stay. What is under
        way ends first, for its page waits for it; then what is typed is ``kept``."""
        from ui.main_window import MainWindow
        from ui.pages.places import standing

        inside = self.open_window
        if inside is None or self.desk is None:
            return
        if self.jobs.busy:
            QTimer.singleShot(_AGAIN_MS, lambda: self._make_anew(kept))
        elif not kept:
            self.desk.ending.emit()
            self._make_anew(kept=True)
        else:
            carried = inside.carried
            self.takeCentralWidget()
            inside.deleteLater()
            QApplication.sendPostedEvents(inside, QEvent.Type.DeferredDelete.value)  # it listens no longer
            self.setCentralWidget(MainWindow(self.desk, self._places(), standing, carried))

    def _on_idle(self) -> None:
        """Nobody is there: what is drafted is kept, and the door is shut. Work under way ends first, uncut."""
        if self.desk is None or self.idling is None:
            return
        if self.jobs.busy:
            self.idling.look_again()
            return
        for asking in QApplication.topLevelWidgets():
            if isinstance(asking, QDialog) and asking.isVisible():
                asking.reject()
        self.desk.lock()

    def _let_go(self) -> None:
        """Have what is typed kept, end all work, close the store on the thread that owns it, and take the open window
        down."""
        if self.desk is not None:
            self.desk.ending.emit()
        if self.idling is not None:
            self.idling.stop()
            self.idling = None  # it goes with the desk
        if self.daily is not None:
            self.daily.stop()
            self.daily = None  # so does this
        store, self.store = self.store, None
        self.jobs.stop(store.close if store is not None else None)
        self.jobs.deleteLater()
        if self.desk is not None:
            self.desk.deleteLater()
            self.desk = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's: what was saved is saved; let go of the rest."""
        self._let_go()
        super().closeEvent(event)


def own_folder() -> Path:
    """Where a person's own store is: the system's place for a program's data, as Qt (which is loaded) knows it."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "Outreach" / "store"


def run(folder: Path | None = None, spoken: str = "", theme: Theme | None = None, text: float = 1.0) -> int:
    """Open the window on a store's folder (the person's own, if none is given) and stay until it is closed."""
    app = application(spoken, theme, text)
    frame = Frame(folder or own_folder(), all_places)
    frame.show()
    frame.activateWindow()
    return app.exec()


def all_places() -> "Sequence[PageSpec]":
    """The pages there are, loaded when the store is open."""
    from ui.pages.places import places

    return places()


__all__ = ["DATABASE", "Frame", "all_places", "application", "own_folder", "run"]
