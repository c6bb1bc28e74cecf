"""To decide: what only a person can settle, one thing at a time, each to be undone."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.journal.changes import Changes, WriteId
from outreach_app.operations import decisions as verbs
from outreach_app.operations.deciding import Deciding, ask_again, deciding
from outreach_app.operations.duplicates import look_for_duplicates, waiting
from outreach_app.store.decisions import Decision
from outreach_app.store.handovers import NOTICES
from outreach_app.store.notices import ASKING
from outreach_app.store.stores import Store
from outreach_app.texts import _, count
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.decision_asking import AskingView
from ui.pages.decision_groups import ApartView, GroupView
from ui.pages.decision_handing import HandingBar, waits_for
from ui.pages.decision_held import HeldView
from ui.pages.decision_notices import NoticeView
from ui.pages.decision_views import CHOICES, Answer, ConflictView, DecisionView, DeletionView
from ui.pages.decision_words import key_of, row_of
from ui.pages.record_fields import lookups
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, emptied, row
from ui.widgets.rows import RowList
from ui.widgets.sides import Sides

_LISTED = 100


def _read(store: Store) -> Sequence[Decision]:
    """All that waits, and what was left for later."""
    return waiting(store, also_put_off=True)


class DecisionsPage(Page):
    """What is to be decided at the left, the one in hand at the right. ``desk.go("decide", kind=, record=)`` begins
    with what is to be decided of one record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view: DecisionView | None = None
        self.decisions: list[Decision] = []
        self._chosen = ""
        self._arriving = self._undone = False
        self._also_put_off = False
        self._joined: dict[WriteId, Decision] = {}  # answers to pairs given here, to ask again if they are undone
        self.look_button = Button.of(self.can["look"], size=ButtonSize.LARGE)
        self.header = PageHeader(_("To decide"), " ", self.look_button)
        self.list = RowList(name=_("To decide"), choosing=True)
        self.list.opened.connect(self._open)
        self.more = muted("")
        self.more.hide()
        self.put_off = LinkButton("", self._show_put_off)
        self.put_off.hide()
        self.handing = HandingBar()
        self.handing.handed.connect(self._hand_over)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 8, 0)
        self.empty = EmptyState(
            "circle-check",
            _("Nothing to decide"),
            _("Where two laptops say different things, or two people may be one, it waits here for you."),
        )
        left = Scroll(Pane(column(self.list, self.more, row(self.put_off, 1), 1)))
        self.whose = Words("", "waits", wrap=True)
        self.whose.hide()
        right = Scroll(Pane(column(self.whose, self._room, self.handing, 1)))
        self.columns = Sides((Card("", (left, 1)), left, 33), (Card("", (right, 1)), right, 77), last_on_top=True)
        self.columns.hide()
        self.empty.hide()
        self.lay(self.header, (self.columns, 1), (self.empty, 1))
        self._enable()

    def shown(self, **arguments: Any) -> None:
        """It comes into view."""
        self._arriving = True
        wanted = arguments.get("kind", ""), arguments.get("record", "")
        self.desk.read(_read, lambda found: self._show(found, wanted))

    def refresh(self) -> None:
        """Read anew what waits."""
        self.desk.read(_read, self._show)

    def changed(self, changes: Changes) -> None:
        """Something was saved. An answer to a pair that was undone, here or by Ctrl+Z, is asked again."""
        self._undone = self._undone or (changes.verb == "undo" and self.isVisible())
        if changes.verb == "undo" and "links" in changes.kinds and self._joined:
            asked = list(self._joined.values())
            self._joined = {}
            self.desk.do(ask_again, asked)
        elif self.isVisible():
            self.refresh()

    # what waits

    def _show(self, found: Sequence[Decision], wanted: tuple[str, str] = ("", "")) -> None:
        before = [key_of(each) for each in self.decisions]
        off = [each for each in found if each.put_off]
        waiting = [each for each in found if not each.put_off]
        self._also_put_off = self._also_put_off and bool(off)
        self.decisions = [*waiting, *(off if self._also_put_off else [])]
        keys = [key_of(each) for each in self.decisions]
        registry = self.desk.store.registry
        self._chosen = self._next(before, keys, wanted)
        inside = self._inside
        in_list = self._arriving or self.list.isAncestorOf(self.window().focusWidget())
        self._arriving = False
        self.list.show_rows([row_of(registry, each) for each in self.decisions[:_LISTED]], self._chosen)
        over = len(keys) - _LISTED
        self.more.setText(count("and {n} more after these", "and {n} more after these", over) if over > 0 else "")
        self.more.setVisible(over > 0)
        self.put_off.say(count("{n} left for later: show it", "{n} left for later: show them", len(off)))
        self.put_off.setVisible(bool(off) and not self._also_put_off)
        self.columns.setVisible(bool(keys or off))
        self.empty.setVisible(not keys and not off)
        words = count(
            "One thing that only a person can settle.", "{n} things that only a person can settle.", len(waiting)
        )
        if not any(each.what == ASKING for each in waiting):
            words += " " + count("It can be undone.", "Each can be undone.", len(waiting))
        for_now = _("Nothing waits for now.") if off else _("Nothing waits for you.")
        self.header.say(_("To decide"), words if waiting else for_now)
        if in_list and keys and self.isVisible():
            self.list.line(self._chosen).setFocus()
        self._take_up()
        self._keep_focus(inside)

    def _next(self, before: Sequence[str], keys: Sequence[str], wanted: tuple[str, str]) -> str:
        """The one asked for, or back by undoing; else the one in hand; else the one that stands in its place now."""
        asked = [
            key_of(each)
            for each in self.decisions
            if any(wanted) and wanted[0] == each.kind and wanted[1] in each.records
        ]
        if self._undone:
            asked += [each for each in keys if each not in before]
            self._undone = False
        if asked:
            return asked[0]
        if self._chosen in keys[:_LISTED]:
            return self._chosen
        at = before.index(self._chosen) if self._chosen in before else 0
        return keys[min(at, len(keys) - 1, _LISTED - 1)] if keys else ""

    def _take_up(self) -> None:
        """Have the one in hand shown at the right."""
        decision = next((each for each in self.decisions if key_of(each) == self._chosen), None)
        if decision is None:
            self._show_view(None)
        elif self.view is None or self.view.of.decision != decision:
            self.desk.read(lambda store: deciding(store, decision), self._show_decision)

    def _show_decision(self, of: Deciding | None) -> None:
        if of is None or key_of(of.decision) != self._chosen:
            return
        what = of.decision.what
        if what == "held":
            self._show_view(HeldView(of, self.can))
            return
        if what == ASKING:
            self._show_view(AskingView(of, self.can))
            return
        if what in NOTICES:
            self._show_view(NoticeView(of, self.can))
            return
        declared = self.desk.store.registry[of.decision.kind]
        if of.decision.other:
            if len(of.sides) == len(of.decision.records):
                self._show_view((ApartView if what == "apart" else GroupView)(of, declared, self.can))
        elif what == "deletion":
            self._show_view(DeletionView(of, declared, self.can))
        else:
            self._show_view(ConflictView(of, declared, lookups(self.desk, declared.name), self.can))

    def _show_view(self, view: DecisionView | None) -> None:
        inside = self._inside
        in_view = self.view is not None and self.view.isAncestorOf(self.window().focusWidget())
        emptied(self._room)
        self.view = view
        if view is not None:
            view.answered.connect(partial(self._answer, view.of.decision))
            self._room.addWidget(view)
            self.handing.tab_after(view)
        if in_view and self._chosen:
            self.list.line(self._chosen).setFocus()
        self._enable()
        self._keep_focus(inside)

    @property
    def _inside(self) -> bool:
        """Whether the focus is on this page."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _keep_focus(self, was_inside: bool) -> None:
        """What had the focus may be gone: it does not go to the sidebar, where the next key would leave the page."""
        if was_inside and self.isVisible() and not self._inside:
            (self.list.line(self._chosen) if self._chosen else self.look_button).setFocus()

    def _enable(self) -> None:
        view = self.view
        own = view if view is not None and view.of.whose.here else None
        for at, name in enumerate(CHOICES):
            self.can[name].setEnabled(own is not None and at < len(own.answers))
        for name in ("same", "not_same"):
            self.can[name].setEnabled(own is not None and own.can_group)
        self.can["keep_both"].setEnabled(own is not None and own.can_keep_both)
        self.can["another"].setEnabled(own is not None and own.can_write_another)
        self.can["later"].setEnabled(view is not None and not view.of.decision.put_off)
        whose = view.of.whose if view is not None else None
        self.whose.setText(waits_for(whose.name) if whose is not None else "")
        self.whose.setVisible(whose is not None and not whose.here)
        self.handing.show_whose(whose)

    def _open(self, key: str) -> None:
        self._chosen = key
        self._take_up()

    # deciding

    @action("first", "Take the first answer", shortcut="1", also=("Alt+1",))
    def first(self) -> None:
        """The first of the answers shown."""
        self._choose(0)

    @action("second", "Take the second answer", shortcut="2", also=("Alt+2",))
    def second(self) -> None:
        """The second."""
        self._choose(1)

    @action("third", "Take the third answer", shortcut="3", also=("Alt+3",))
    def third(self) -> None:
        """The third."""
        self._choose(2)

    @action("fourth", "Take the fourth answer", shortcut="4", also=("Alt+4",))
    def fourth(self) -> None:
        """The fourth."""
        self._choose(3)

    @action("same", "They are the same", shortcut="S", also=("Alt+S",))
    def same(self) -> None:
        """Those that may be one are."""
        if self.view is not None:
            self.view.same()

    @action("not_same", "Not the same", shortcut="N", also=("Alt+N",))
    def not_same(self) -> None:
        """They are not, none of them."""
        if self.view is not None:
            self.view.not_same()

    @action("keep_both", "Keep both", shortcut="B", also=("Alt+B",))
    def keep_both(self) -> None:
        """Keep every answer."""
        if self.view is not None:
            self.view.keep_both()

    @action("another", "Write another…", shortcut="W", also=("Alt+W",))
    def another(self) -> None:
        """Write an answer of one's own."""
        if self.view is not None:
            self.view.write_another()

    @action("later", "Later", shortcut="L", also=("Alt+L",))
    def later(self) -> None:
        """Leave it for a day, or until something new stands; the others may be more pressing."""
        if self.view is not None:
            decision = self.view.of.decision
            self.desk.do(verbs.later, decision, done=lambda _changes: self._on_put_off(decision))

    @action("look", "Look for the same twice", icon="search")
    def look(self) -> None:
        """Compare people, organizations and sign-ins, and put what may be one here."""

        def work(store: Store, _tell: Any) -> tuple[dict[str, int], Changes]:
            return look_for_duplicates(store), Changes("look_for_duplicates", None)

        self.desk.work(work, self._on_looked, label=_("Looking for what may be the same"))

    def _on_put_off(self, decision: Decision) -> None:
        words = _("Left for tomorrow, or until something new comes in.")
        self.desk.messages.done(words, _("Undo"), partial(self.desk.do, verbs.take_up, decision))

    def _show_put_off(self) -> None:
        self._also_put_off = True
        self.refresh()

    def _hand_over(self, to: str) -> None:
        if self.view is not None:
            words = _("Handed to {name}.", name=to) if to else _("Handed back to the coordinators.")
            answer = Answer(verbs.hand_over, (self.view.of.decision, to), words)
            self._answer(self.view.of.decision, answer)

    def _choose(self, at: int) -> None:
        if self.view is not None:
            self.view.choose(at)

    def _answer(self, decision: Decision, answer: Answer) -> None:
        self.desk.do(answer.verb, *answer.arguments, done=partial(self._on_answered, decision, answer))

    def _on_answered(self, decision: Decision, answer: Answer, changes: Changes) -> None:
        if changes.change is None:  # it was so already, or no undoing takes it back
            self.desk.messages.done(answer.said)
            return
        if decision.what == "duplicate":
            self._joined[changes.change] = decision
        self.desk.messages.done(answer.said, _("Undo"), partial(self.desk.undo, changes.change))

    def _on_looked(self, looked: tuple[dict[str, int], Changes]) -> None:
        pairs = sum(looked[0].values())
        words = (
            count("{n} pair may be one.", "{n} pairs may be one.", pairs)
            if pairs
            else _("Nothing seems to be here twice.")
        )
        self.desk.messages.done(words)
        self.refresh()
