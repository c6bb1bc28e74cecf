"""Follow-ups: late, today, this week, later; done by one key, or handed to somebody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import due, full
from outreach_app.operations.follow_ups import ToDo, finish, hand_over, to_do
from outreach_app.operations.groups import called
from outreach_app.store.views import NOTHING, View
from outreach_app.texts import _, count, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.lists import go_to_new
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.chips import ChipRow, Choice, TakenChips
from ui.widgets.choices import ChoiceBox
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, heading, muted
from ui.widgets.layouts import Pane, column, emptied, flow, row
from ui.widgets.rows import Row, RowList
from ui.widgets.sides import Sides

_PARTS = {
    "late": "Late",
    "today": "Due today",
    "week": "This week",
    "later": "Later",
    "some_day": "No day yet",
    "done": "Done",
}
_LISTED = 300  # lines; who has more to do chooses whose


class FollowUpsPage(Page):
    """``desk.go("follow_ups")`` shows all that is to be done; with ``where`` those of one record, done ones too."""

    kinds = frozenset({"follow_ups", "people", "organizations"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._where: Mapping[str, Any] = NOTHING
        self._found: dict[str, View] = {}
        self._chosen = ""
        self._arriving = False
        self.lists: list[RowList] = []
        self.header = PageHeader(_("Follow-ups"), " ", Button.of(self.can["new"], size=ButtonSize.LARGE))
        whose = [Choice("", _("Everybody's"), "users", "Alt+1"), Choice("mine", _("Mine"), "user", "Alt+2")]
        self.whose = ChipRow(whose, name=_("Whose"), required=True)
        self.whose.choose([""])
        self.whose.changed.connect(lambda _keys: self.refresh())
        self.only = TakenChips(name=_("Only these"))
        self.only.changed.connect(self._on_only_changed)
        self.only.hide()
        self.to = ChoiceBox((), name=_("Hand it to"), shrinks=True)
        to = Pane(
            row(
                Words(_("Hand it to"), "label", buddy=self.to),
                self.to,
                Button.of(self.can["hand_over"], size=ButtonSize.LARGE),
            )
        )
        self.done_button = Button.of(self.can["finish"], primary=True)
        buttons = flow(self.done_button, Button.of(self.can["open"], size=ButtonSize.LARGE), to, across=12)
        self._room = QVBoxLayout()
        self.more = muted("")
        scroll = Scroll(Pane(column(self._room, self.more, 1, margins=(0, 0, 8, 0))))
        self.card = Sides((Card("", buttons, (scroll, 1)), scroll, 1))
        self.empty = EmptyState(
            "list-checks",
            _("Nothing is to be done"),
            _("What somebody promises at an event, and wishes to join that nobody answered, wait here until done."),
            _("New follow-up"),
            self.new,
        )
        self.lay(self.header, self.whose, self.only, (self.card, 1), (self.empty, 1))
        for hidden in (self.card, self.empty):
            hidden.hide()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Follow-ups")

    def shown(self, **arguments: Any) -> None:
        """It comes into view: all of them, or those of one record."""
        self._arriving = True
        self._show_only(arguments.get("where") or NOTHING, arguments.get("of", ""))
        self.refresh()

    def refresh(self) -> None:
        """Read them anew."""
        today, where = self._today(), self._where
        who = self.desk.store.worker if self.whose.one == "mine" and not where else ""
        self.desk.read(lambda store: to_do(store, today, who, where), self._show)

    @action("new", "New follow-up", shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Write down what somebody is to do."""
        go_to_new(self.desk, "follow_ups", state="open", who_does_it=self.desk.store.worker)

    @action("finish", "Done", shortcut="Alt+D", icon="check")
    def finish(self) -> None:
        """The chosen one is done."""
        if self._chosen:
            self.desk.do(finish, self._chosen, done=self._on_done)

    @action("open", "Open", shortcut="Alt+O", icon="pencil")
    def open(self) -> None:
        """Go to the chosen one's own page."""
        if self._chosen:
            self.desk.go_to_record("follow_ups", self._chosen)

    @action("hand_over", "Hand over", shortcut="Alt+H", icon="user-check")
    def hand_over(self) -> None:
        """Give the chosen one to whoever is named beside."""
        if self._chosen and self.to.chosen:
            self.desk.do(hand_over, self._chosen, self.to.chosen)

    def _on_done(self, changes: Changes) -> None:
        self.desk.messages.done(_("Done."), _("Undo"), lambda: self.desk.undo(changes.change))

    def _show_only(self, where: Mapping[str, Any], of: str) -> None:
        self._where = dict(where)
        self.only.blockSignals(True)
        self.only.clear()
        if where:
            self.only.add(Choice("only", of))
        self.only.blockSignals(False)
        self.only.setVisible(bool(where))
        self.whose.setVisible(not where)

    def _on_only_changed(self, keys: Sequence[str]) -> None:
        if not keys:
            self._show_only(NOTHING, "")
            self.refresh()

    def _show(self, found: ToDo) -> None:
        at = self._place()
        listed = [view for views in found.parts.values() for view in views][:_LISTED]
        self._found = {view.id: view for view in listed}
        self.to.offer([Choice(name, name) for name in found.people])
        self._show_parts(found)
        over = sum(map(len, found.parts.values())) - len(listed)
        self.more.setText(count("and {n} more after these", "and {n} more after these", over) if over > 0 else "")
        ids = list(self._found)
        if self._chosen not in self._found:
            self._chosen = ids[min(at, len(ids) - 1)] if ids else ""
        self.card.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        late = len(found.parts.get("late", ()))
        words = count("{n} to do", "{n} to do", found.count)
        self.header.say(
            self.title, f"{words}, {count('{n} of them late', '{n} of them late', late)}" if late else words
        )
        self._choose(self._chosen)
        if self._arriving:
            self._arriving = False
            self.take_focus()

    def _show_parts(self, found: ToDo) -> None:
        """The parts of the list, each under its name. The focus stays in its place."""
        focused = any(each.isAncestorOf(self.window().focusWidget()) for each in self.lists)
        emptied(self._room)
        self.lists = []
        for when, views in found.parts.items():
            rows = [_line(view, self._today()) for view in views if view.id in self._found]
            if not rows:
                continue
            made = RowList(name=say(_PARTS[when]), choosing=True)
            made.show_rows(rows)
            made.opened.connect(self._choose)
            self.lists.append(made)
            named = heading(say(_PARTS[when]))
            self._room.addLayout(column(named, made, space="hair"))
            for each in (named, made):  # till Qt showed them, there would be no room for them
                each.show()
        if focused:
            self.take_focus()

    def _place(self) -> int:
        """The place of the chosen one among all, so that what comes after it is chosen once it is done."""
        return list(self._found).index(self._chosen) if self._chosen in self._found else 0

    def _list_of(self, follow_up: str) -> RowList:
        return next(each for each in self.lists if follow_up in [line.key for line in each.rows])

    def _choose(self, follow_up: str) -> None:
        self._chosen = follow_up
        for each in self.lists:
            each.choose(follow_up)
        view = self._found.get(follow_up)
        to_do_still = view is not None and view.values["state"] not in ("done", "dropped")
        for name in ("finish", "hand_over"):
            self.can[name].setEnabled(to_do_still)
        self.can["open"].setEnabled(view is not None)
        if view is not None:
            self.to.choose(view.values["who_does_it"] or self.desk.store.worker)

    def take_focus(self) -> None:
        """On the chosen line, so that up and down move at once."""
        if self._chosen in self._found:
            self._list_of(self._chosen).line(self._chosen).setFocus()
        else:
            super().take_focus()


def _line(view: View, today: date) -> Row:
    values = view.values
    named = [view.titles[each] for each in (values["for_person"], values["for_organization"], values["for_event"])
             if each in view.titles]  # fmt: skip
    detail = " · ".join(part for part in (values["who_does_it"] or _("nobody yet"), *dict.fromkeys(named)) if part)
    day = values["due"] or ""
    late = bool(day) and day < today.isoformat()[: len(day)] and values["state"] not in ("done", "dropped")
    return Row(view.id, called(view), "", detail, due(day, today) if day else "", waits=late, hover=full(day))
