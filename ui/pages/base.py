"""What a page is, and how the window is told of one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from ui.actions import bind
from ui.desks import Desk
from ui.widgets.layouts import Piece, Settling, fill

if TYPE_CHECKING:
    from outreach_app.journal.changes import Changes
    from outreach_app.store.stores import Store


class Page(Settling):
    """A page. Say which ``kinds`` of record it shows; write ``refresh``; lay it out with ``lay``.

        class EventsPage(Page):
            kinds = frozenset({"events"})

            def __init__(self, desk: Desk) -> None:
                super().__init__(desk)
                self.list = RowList(name=_("Events"), opens=True)
                self.lay(PageHeader(_("Events")), Card("", self.list, 1))

            def refresh(self) -> None:
                self.desk.read(lambda store: store.list("events"), self._show)

            @action("new_event", "New event", shortcut="Ctrl+N", icon="plus")
            def new_event(self) -> None: ...

    ``self.can[name]`` is the ``QAction`` of each method declared with ``@action``; its keys work while the page is
    shown.
    """

    kinds: ClassVar[frozenset[str]] = frozenset()
    keeps_drafts: ClassVar[bool] = False  # what is typed in it is kept in the store, and comes back from there

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.can = bind(self, self)

    @property
    def title(self) -> str:
        """Words for the window's title bar, where anybody may read them: never a person's name."""
        return ""

    @property
    def place(self) -> str:
        """The place of the sidebar that it belongs to, where it is none itself; "" for where one came from."""
        return ""

    def lay(self, *pieces: Piece) -> None:
        """Lay the page out: pieces one below the other, with the page's margins. Where no piece has a share of the room
        left over, the last one takes it."""
        if pieces and not any(isinstance(piece, int | tuple) for piece in pieces):
            last = pieces[-1]
            pieces = (*pieces[:-1], (last, 1)) if isinstance(last, QWidget | QLayout) else pieces
        fill(QVBoxLayout(self), pieces, "large", (24, 16, 24, 14))

    def shown(self, **arguments: Any) -> None:
        """It comes into view, with what ``desk.go`` was given. Set the focus on the thing to do next."""
        del arguments
        self.refresh()

    def take_focus(self) -> None:
        """Put the focus on the first thing one can use, unless ``shown`` put it somewhere better."""
        focused = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            return
        inside = self.nextInFocusChain()
        while inside is not None and inside is not self:
            tabs = inside.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tabs and self.isAncestorOf(inside) and inside.isVisibleTo(self) and inside.isEnabled():
                inside.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            inside = inside.nextInFocusChain()

    def changed(self, changes: "Changes") -> None:
        """Something was saved, here or by a sync: refresh if it is in view and shows that kind. A page that is not in
        view is refreshed when it next is."""
        if self.isVisible() and changes.kinds & self.kinds:
            self.refresh()

    def refresh(self) -> None:
        """Read anew what is shown."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """What the window knows of a page before it is opened. ``factory`` is called when it is first gone to."""

    name: str
    label: str  # English; translated where it is shown
    icon: str
    factory: Callable[[Desk], Page]
    shortcut: str = ""
    in_sidebar: bool = True
    at_foot: bool = False  # a link below the places of the sidebar
    count: "Callable[[Store], int] | None" = None  # shown in the sidebar; asked anew after every change
    waits: bool = False  # its count waits on a person: an amber badge
    full_window: bool = False  # no sidebar: a queue is looking
    alone: bool = False  # nothing else of the window is seen or works: a visitor sits there
