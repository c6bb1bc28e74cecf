"""The desk: what every page is handed. The store, ways to work with it, one door for messages, ways to go elsewhere.

One path for every change: action -> ``desk.do(verb, ...)`` -> the database's thread -> ``Changes`` -> the pages that
show those kinds refresh.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from outreach_app.texts import _
from ui.jobs import Ended, Job, Jobs, Tell
from ui.messages import Messages

if TYPE_CHECKING:
    from outreach_app.journal.changes import Changes, WriteId
    from outreach_app.store.stores import Store

Result = TypeVar("Result")
_UNDOABLE = 100


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go: a page by name, and what it is shown with."""

    page: str
    arguments: dict[str, Any] = field(default_factory=dict)


class Desk(QObject):
    """Handed to every page.

    self.desk.do(sign_in, event, name="Ada Crowe", done=self._on_signed_in)     # verb(store, event, name=...)
    self.desk.read(lambda store: store.list("events", limit=20), self._show)
    self.desk.work(lambda store, tell: merge_workbooks(store, files, tell), self._on_merged, label=_("Merging"))
    self.desk.aside(lambda tell: draw_sheet(data), self._show_paper, label=_("Drawing the sheet"))
    self.desk.go("event", event=event_id)
    """

    committed = Signal(object)  # Changes
    went = Signal(object)  # Destination
    locked = Signal()
    ending = Signal()  # the pages are about to be taken down: what is typed is kept now or never
    going_back = Signal(object)  # Path: the backup or kept store that is to take the place of the open one
    rests_after = Signal(
        int
    )  # minutes that nobody touches the window until it is locked, for as long as it stands open
    set_up = Signal()  # this laptop's settings are others now: its language, how it looks, when it locks itself

    def __init__(self, store: "Store", jobs: Jobs, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.jobs = jobs
        self.messages = messages
        self.chosen: Mapping[str, Any] = {}  # how the department and this laptop are set up, as last read
        self.damage = ""  # what of the store was found damaged since it was opened; the door then offers its rescue
        self._undoable: deque[WriteId] = deque(maxlen=_UNDOABLE)
        self._undoing: set[WriteId] = set()  # asked for: a second press undoes the one before
        jobs.ended.connect(self._on_ended)

    def do(
        self,
        verb: Callable[..., Result],
        *arguments: Any,
        done: Callable[[Result], None] | None = None,
        failed: Callable[[str], None] | None = None,
        **named: Any,
    ) -> Job[Result]:
        """Have a verb done to the store. It returns ``Changes``, or something that holds one; all pages hear of it."""
        return self.work(lambda store, _tell: verb(store, *arguments, **named), done, failed)

    def work(
        self,
        work: "Callable[[Store, Tell], Result]",
        done: Callable[[Result], None] | None = None,
        failed: Callable[[str], None] | None = None,
        label: str = "",
    ) -> Job[Result]:
        """Work on the store that takes time: with a ``label`` the progress strip shows it, and Cancel."""

        def told(result: Result) -> None:
            self._hear(result)
            if done is not None:
                done(result)

        return self.jobs.database(lambda tell: work(self.store, tell), told, failed, label)

    def read(
        self,
        fetch: "Callable[[Store], Result]",
        done: Callable[[Result], None],
        failed: Callable[[str], None] | None = None,
    ) -> Job[Result]:
        """Read from the store."""
        return self.jobs.database(lambda _tell: fetch(self.store), done, failed)

    def aside(
        self,
        work: Callable[[Tell], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[str], None] | None = None,
        label: str = "",
        yields: bool = False,
    ) -> Job[Result]:
        """Work that touches no store, beside everything else; what ``yields`` is never waited for."""
        return self.jobs.aside(work, done, failed, label, yields)

    def go(self, page: str, **arguments: Any) -> None:
        """Go to a page, by its name."""
        self.went.emit(Destination(page, arguments))

    def go_to_record(self, kind: str, record: str) -> None:
        """Go to the page of one record."""
        if kind == "events":
            self.go("event", event=record)
        else:
            self.go("record", kind=kind, record=record)

    def lock(self) -> None:
        """Ask for the passphrase again."""
        self.locked.emit()

    @property
    def last_change(self) -> "WriteId | None":
        """What Ctrl+Z would undo."""
        return next((change for change in reversed(self._undoable) if change not in self._undoing), None)

    def undo(self, change: "WriteId | None" = None, done: "Callable[[Changes], None] | None" = None) -> None:
        """Undo a change made since the window was opened; the last one, if none is named."""
        wanted = change or self.last_change
        if wanted is None:
            self.messages.done(_("There is nothing to undo."))
            return
        self._undoing.add(wanted)

        def told(changes: "Changes") -> None:
            self._undoing.discard(wanted)
            if wanted in self._undoable:
                self._undoable.remove(wanted)
            self.committed.emit(changes)
            if changes.left_alone:
                self.messages.waits(_("Undone, except for what somebody has changed since."))
            else:
                self.messages.done(_("Undone."))
            if done is not None:
                done(changes)

        def failed(why: str) -> None:
            self._undoing.discard(wanted)
            if why != self.damage:  # that was said, with the way out
                self.messages.fault(why)

        from outreach_app.operations.laptops import undo

        self.jobs.database(lambda _tell: undo(self.store, wanted), told, failed)

    def _hear(self, result: object) -> None:
        changes = _changes_in(result)
        if changes is None:
            return
        if changes.change is not None:
            self._undoable.append(changes.change)
        self.committed.emit(changes)

    def _on_ended(self, ended: Ended) -> None:
        if ended.damaged:
            self.damage = ended.fault
            self.messages.fault(ended.fault, _("Rescue this store…"), self.lock)
        elif ended.fault and ended.job.failed is None:
            self.messages.fault(ended.fault)
        elif ended.cancelled and ended.job.label:
            self.messages.done(_("Stopped. Nothing of it was kept."))


def _changes_in(result: object) -> "Changes | None":
    """The ``Changes`` of what a verb returned: itself, one of several things, or its ``changes``."""
    from outreach_app.journal.changes import Changes

    offered = result if isinstance(result, tuple) else (result, getattr(result, "changes", None))
    return next((each for each in offered if isinstance(each, Changes)), None)
