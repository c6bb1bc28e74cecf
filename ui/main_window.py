"""The open window. It only composes: sidebar, pages, message bar, progress, status bar; all that they do is theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from outreach_app.model.settings import LANGUAGE, TEXT_SIZE, THEME
from outreach_app.texts import _, say
from ui.actions import ActionSpec, action, bind, keys_said, made_action
from ui.appearance import next_language, next_theme, text_size
from ui.desks import Desk, Destination
from ui.dialogs.finding import FindPanel
from ui.drafts import remind
from ui.jobs import Ended, Job, Progress
from ui.messages import Message
from ui.pages.base import Page, PageSpec
from ui.pages.typed_again import Written, write_again, written_on
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


@dataclass(frozen=True, slots=True)
class Carried:
    """What a window goes on from: where one has been, the last of it now, and what stood on the pages, by name."""

    trail: Sequence[Destination]
    written: dict[str, Written] = field(default_factory=dict)


class MainWindow(QWidget):
    """Handed the desk, the pages there are, and how to tell where the work is. The first page is shown first, or what
    was ``carried`` over from the window before this one."""

    def __init__(
        self,
        desk: Desk,
        pages: Sequence[PageSpec],
        standing: "Callable[[Store], Standing]",
        carried: Carried | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("ground", "background")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk, self.pages, self._standing = desk, {spec.name: spec for spec in pages}, standing
        self.open_pages: dict[str, Page] = {}
        self._carried = carried or Carried((Destination(pages[0].name),))
        self._came_from: list[Destination] = list(self._carried.trail[:-1])
        self._here: Destination | None = None
        self._unheard: Message | None = None  # said while a visitor sat there
        self._jobs: list[Job[object]] = []
        self._counting = self._uncounted = False
        self.can = bind(self, self)
        self._compose(pages)
        desk.committed.connect(self._on_committed)
        desk.went.connect(self._on_went)
        desk.messages.said.connect(self._on_said)
        desk.jobs.started.connect(self._on_started)
        desk.jobs.progressed.connect(self._on_progressed)
        desk.jobs.ended.connect(self._on_ended)
        self._count()
        self._on_went(self._carried.trail[-1])
        if carried is None:
            remind(desk)

    def _compose(self, pages: Sequence[PageSpec]) -> None:
        places = [
            Place(spec.name, say(spec.label), spec.icon, keys_said(spec.shortcut), spec.waits)
            for spec in pages
            if spec.in_sidebar or spec.at_foot
        ]
        foot = [place for place in places if self.pages[place.name].at_foot]
        listed = [place for place in places if place not in foot]
        self.sidebar = Sidebar(listed, self.desk.store.worker, self.desk.store.department, self.desk.lock, foot)
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
    def carried(self) -> Carried:
        """What the same window made anew goes on from."""
        here = [self._here] if self._here else []
        written = {name: written_on(page) for name, page in self.open_pages.items() if not page.keeps_drafts}
        return Carried((*self._came_from, *here), {**self._carried.written, **written})

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

    @action("other_language", "Other language", shortcut="Ctrl+Shift+L")
    def other_language(self) -> None:
        """Speak the next language."""
        self._choose(LANGUAGE, next_language())

    @action("larger", "Larger text", shortcut="Ctrl++", also=("Ctrl+=",))
    def larger(self) -> None:
        """Show text one size larger."""
        self._choose(TEXT_SIZE, text_size(1))

    @action("smaller", "Smaller text", shortcut="Ctrl+-")
    def smaller(self) -> None:
        """Show text one size smaller."""
        self._choose(TEXT_SIZE, text_size(-1))

    @action("colors", "Other colors", shortcut="Ctrl+Shift+K", hint="Light, dark, high contrast")
    def colors(self) -> None:
        """Show other colors: high contrast reads best in the sun."""
        self._choose(THEME, next_theme())

    def _choose(self, setting: str, choice: str) -> None:
        from outreach_app.operations.settings import change_settings

        self.desk.do(change_settings, {setting: choice}, done=lambda _changes: self.desk.set_up.emit())

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
        self.sidebar.setVisible(not (spec.full_window or spec.alone))
        self._leave_alone(spec.alone)
        page = self.open_pages[to.page]
        self.stack.setCurrentIndex(list(self.open_pages).index(to.page))
        page.shown(**to.arguments)
        written = self._carried.written.pop(to.page, None)
        if written is not None:  # once what the page reads from the store is there, and what it reads for that
            self._write_later(page, written)
        self.sidebar.show_place(page.place or to.page)
        page.take_focus()
        self.window().setWindowTitle(" · ".join(part for part in (page.title or say(spec.label), "Outreach") if part))
        self._place_message()

    def _write_later(self, page: Page, written: Written) -> None:
        def read_again(_none: None) -> None:
            self.desk.read(_nothing, lambda _none: write_again(page, written))

        self.desk.read(_nothing, read_again)

    def _leave_alone(self, alone: bool) -> None:
        """Show nothing but the page, and have no key of the window do anything; or all of it again."""
        for made in self.can.values():
            made.setEnabled(not alone)
        self.status_bar.setVisible(not alone)
        if alone:
            self.finder.hide()
            self.message_bar.close_message()
        elif self._unheard is not None:
            unheard, self._unheard = self._unheard, None
            self.message_bar.show_message(unheard)

    def _on_said(self, message: Message) -> None:
        """Say it; what is said while a visitor sits there is for whoever comes after."""
        if self._here is not None and self.pages[self._here.page].alone:
            self._unheard = message
        else:
            self.message_bar.show_message(message)

    def _on_committed(self, changes: "Changes") -> None:
        self.status_bar.show_saved(datetime.now().strftime("%H:%M:%S"))
        for page in self.open_pages.values():
            page.changed(changes)
        self._count()

    def _count(self) -> None:
        """Count anew; what is saved while that goes on is counted once, after it."""
        self._uncounted = self._counting
        if self._counting:
            return
        self._counting = True
        counted = {name: spec.count for name, spec in self.pages.items() if spec.count is not None}
        self.desk.read(lambda store: {name: count(store) for name, count in counted.items()}, self.sidebar.show_counts)
        self.desk.read(self._standing, self._on_counted, self._on_uncounted)

    def _on_counted(self, standing: Standing) -> None:
        self.status_bar.show_standing(standing)
        self._counting = False
        if self._uncounted:
            self._count()

    def _on_uncounted(self, fault: str) -> None:
        self._counting = False
        self.desk.messages.fault(fault)

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


def _nothing(_store: "Store") -> None:
    """Read nothing: whoever hears of it hears after all that was asked for before."""
