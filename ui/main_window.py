"""The open window. It only composes: sidebar, pages, message bar, progress, status bar; all that they do is theirs."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from outreach_app.texts import _, say
from ui.actions import ActionSpec, action, bind, keys_said, made_action
from ui.desks import Desk, Destination
from ui.dialogs.finding import FindPanel
from ui.jobs import Ended, Job, Progress
from ui.pages.base import Page, PageSpec
from ui.pages.record_drafts import remind
from ui.widgets.cards import Scroll
from ui.widgets.layouts import column
from ui.widgets.message_bars import MessageBar
from ui.widgets.progress import ProgressStrip
from ui.widgets.sidebars import Place, Sidebar
from ui.widgets.status_bars import Standing, StatusBar

if TYPE_CHECKING:
    from outreach_app.journal.changes import Changes
    from outreach_app.store.stores import Store

_SIDE = 24


class MainWindow(QWidget):
    """Handed the desk, the pages there are, and how to tell where the work is. The first page is shown first."""

    def __init__(
        self,
        desk: Desk,
        pages: Sequence[PageSpec],
        standing: "Callable[[Store], Standing]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "background")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk, self.pages, self._standing = desk, {spec.name: spec for spec in pages}, standing
        self.open_pages: dict[str, Page] = {}
        self._came_from: list[Destination] = []
        self._here: Destination | None = None
        self._jobs: list[Job[object]] = []
        self.can = bind(self, self)
        self._compose(pages)
        desk.committed.connect(self._on_committed)
        desk.went.connect(self._on_went)
        desk.messages.said.connect(self.message_bar.show_message)
        desk.jobs.started.connect(self._on_started)
        desk.jobs.progressed.connect(self._on_progressed)
        desk.jobs.ended.connect(self._on_ended)
        self._count()
        desk.go(pages[0].name)
        remind(desk)

    def _compose(self, pages: Sequence[PageSpec]) -> None:
        places = [
            Place(spec.name, say(spec.label), spec.icon, keys_said(spec.shortcut), spec.waits)
            for spec in pages
            if spec.in_sidebar
        ]
        self.sidebar = Sidebar(places, self.desk.store.worker, self.desk.store.department, self.desk.lock)
        self.sidebar.went.connect(self.desk.go)
        self.stack = QStackedWidget()
        keys = [(self.can["undo"], _("undo")), (self.can["find"], _("find")), (self.can["help"], _("help"))]
        self.status_bar, self.progress = StatusBar(keys), ProgressStrip()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.sidebar)
        line.addLayout(column(self.stack, self.progress, self.status_bar, space="none"), 1)
        self.message_bar = MessageBar(self)
        self.message_bar.resized.connect(self._place_message)
        self.finder = FindPanel(self.desk, self._actions, self)
        for spec in pages:
            if spec.shortcut:
                to = ActionSpec(f"go_{spec.name}", spec.label, spec.shortcut, spec.icon)
                self.can[to.name] = made_action(to, lambda name=spec.name: self.desk.go(name), self)

    def _actions(self) -> dict[str, QAction]:
        """What can be done where one is, of the page first."""
        here = self.page.can if self.page else {}
        return {**here, **self.can, **here}

    @property
    def page(self) -> Page | None:
        """The page in view."""
        return self.open_pages.get(self._here.page) if self._here else None

    @action("undo", "Undo", shortcut="Ctrl+Z", icon="undo-2")
    def undo(self) -> None:
        """Undo the last save."""
        self.desk.undo()

    @action("find", "Find", shortcut="Ctrl+K", icon="search")
    def open_find(self) -> None:
        """Find anyone or anything by a few letters."""
        self.finder.open(queue=self._here is not None and self.pages[self._here.page].full_window)
        self._place_find()

    @action("help", "Help", shortcut="F1", icon="circle-question-mark")
    def open_keys(self) -> None:
        """Show the keys that work here."""
        from ui.dialogs.keys import KeysDialog

        KeysDialog(self._actions(), self, partial(self.desk.go, "help")).open()

    @action("lock", "Lock", shortcut="Ctrl+L", icon="lock", hint="Ask for the passphrase again")
    def lock(self) -> None:
        """Lock the store, and ask for the passphrase again."""
        self.desk.lock()

    @action("back", "Back", shortcut="Alt+Left", icon="arrow-left")
    def back(self) -> None:
        """Go back to the page before."""
        if self._came_from:
            to = self._came_from.pop()
            self._here = None
            self._on_went(to)

    def _on_went(self, to: Destination) -> None:
        spec = self.pages[to.page]
        if to.page not in self.open_pages:
            page = self.open_pages[to.page] = spec.factory(self.desk)
            self.stack.addWidget(Scroll(page, sideways=True))
        if self._here is not None and self._here != to:
            self._came_from = [*self._came_from[-49:], self._here]
        self._here = to
        self.sidebar.setVisible(not spec.full_window)
        page = self.open_pages[to.page]
        self.stack.setCurrentIndex(list(self.open_pages).index(to.page))
        page.shown(**to.arguments)
        self.sidebar.show_place(page.place or to.page)
        page.take_focus()
        self.window().setWindowTitle(" · ".join(part for part in (page.title or say(spec.label), "Outreach") if part))
        self._place_message()

    def _on_committed(self, changes: "Changes") -> None:
        self.status_bar.show_saved(datetime.now().strftime("%H:%M:%S"))
        for page in self.open_pages.values():
            page.changed(changes)
        self._count()

    def _count(self) -> None:
        counted = {name: spec.count for name, spec in self.pages.items() if spec.count is not None}
        self.desk.read(lambda store: {name: count(store) for name, count in counted.items()}, self.sidebar.show_counts)
        self.desk.read(self._standing, self.status_bar.show_standing)

    def _on_started(self, job: Job[object]) -> None:
        if job.label:
            self._jobs.append(job)
            if len(self._jobs) == 1:
                self.progress.begin(job.label, job.cancel)

    def _on_progressed(self, progress: Progress) -> None:
        if self._jobs and progress.job is self._jobs[0]:
            self.progress.move_to(progress.done, progress.total, progress.doing)

    def _on_ended(self, ended: Ended) -> None:
        if ended.job not in self._jobs:
            return
        self._jobs.remove(ended.job)
        self.progress.end()
        if self._jobs:
            self.progress.begin(self._jobs[0].label, self._jobs[0].cancel)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: the page has the focus, not the sidebar."""
        super().showEvent(event)
        if self.page is not None:
            self.page.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: keep the message bar at the foot of the page."""
        super().resizeEvent(event)
        self._place_message()
        self._place_find()

    def _place_find(self) -> None:
        left = self.sidebar.width() if self.sidebar.isVisibleTo(self) else 0
        self.finder.place(left, self.width() - left, self.height())

    def _place_message(self) -> None:
        """Over the foot of the page, so that nothing moves when it comes or goes."""
        left = self.sidebar.width() if self.sidebar.isVisibleTo(self) else 0
        width = self.width() - left - 2 * _SIDE
        height = max(self.message_bar.heightForWidth(width), self.message_bar.sizeHint().height())
        below = self.status_bar.height() + (self.progress.height() if self.progress.isVisibleTo(self) else 0)
        self.message_bar.setGeometry(left + _SIDE, self.height() - below - height - 14, width, height)
        self.message_bar.raise_()
