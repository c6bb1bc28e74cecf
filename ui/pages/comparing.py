"""Those that somebody chose in a list, beside each other: what differs, and whether they are one."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.journal.changes import Changes
from outreach_app.operations.deciding import Deciding, comparison
from outreach_app.texts import _
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.decision_groups import GroupView
from ui.pages.decision_views import Answer
from ui.pages.lists import place_of
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.headers import PageHeader
from ui.widgets.layouts import Pane, emptied


class ComparingPage(Page):
    """``desk.go("compare", kind="people", records=(one, other))``; an answer goes back to the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kind = ""
        self._records: tuple[str, ...] = ()
        self.view: GroupView | None = None
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 8, 0)
        self.card = Card("", (Scroll(Pane(self._room)), 1))
        self.empty = EmptyState("merge", _("Nothing to compare"), _("Choose two lines of a list or more first."))
        self.lay(
            PageHeader(_("Compare"), _("Nothing is changed until you say so."), back=self._go_back),
            (self.card, 1),
            (self.empty, 1),
        )
        self.card.hide()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Compare")

    @property
    def place(self) -> str:
        """It belongs to the list it came from."""
        return place_of(self.kind) if self.kind else ""

    def shown(self, **arguments: Any) -> None:
        """It comes into view, with the records to compare."""
        self.kind, self._records = str(arguments.get("kind", "")), tuple(arguments.get("records", ()))
        self.refresh()

    def refresh(self) -> None:
        """Read them anew."""
        kind, records = self.kind, self._records
        self.desk.read(lambda store: comparison(store, kind, records) if records else None, self._show)

    def changed(self, changes: Changes) -> None:
        """Something of them was saved."""
        if self.isVisible() and changes.kinds & {self.kind, "links"}:
            self.refresh()

    @action("same", "They are the same", shortcut="Alt+S", icon="merge")
    def same(self) -> None:
        """All that were not taken out are one."""
        if self.view is not None:
            self.view.same()

    @action("not_same", "Not the same", shortcut="Alt+N", icon="split")
    def not_same(self) -> None:
        """No two of them are one, and nobody is asked about them."""
        if self.view is not None:
            self.view.not_same()

    @action("later", "Leave it", shortcut="Alt+L", icon="arrow-left")
    def later(self) -> None:
        """Say nothing of them, and go back."""
        self._go_back()

    def _go_back(self) -> None:
        self.desk.go(place_of(self.kind), kind=self.kind)

    def _show(self, found: Deciding | None) -> None:
        emptied(self._room)
        self.view = GroupView(found, self.desk.store.registry[self.kind], self.can) if found else None
        self.card.setVisible(self.view is not None)
        self.empty.setVisible(self.view is None)
        if self.view is not None:
            self.view.answered.connect(self._on_answered)
            self._room.addWidget(self.view)
            self.view.same_button.setFocus()

    def _on_answered(self, answer: Answer) -> None:
        self.desk.do(answer.verb, *answer.arguments, done=partial(self._on_done, answer.said))

    def _on_done(self, said: str, _changes: Changes) -> None:
        self._go_back()
        self.desk.messages.done(said, _("Undo"), self.desk.undo)
