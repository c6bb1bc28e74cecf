"""Who asked to join what: those that wait for an answer first, and each taken one step on by one key."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QAction

from outreach_app.model.dates import full, short
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.groups import ANSWER_WITHIN, Wish, next_step, settle_wish, step_on, wishes
from outreach_app.store.views import NOTHING
from outreach_app.texts import _, count
from ui.desks import Desk
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.chips import Choice, TakenChips
from ui.widgets.labels import muted
from ui.widgets.layouts import Pane, Settling, column, flow
from ui.widgets.rows import Row, RowList
from ui.widgets.sides import Sides

_LISTED = 200


class GroupWishes(Settling):
    """The wishes to join, the one chosen marked. ``show_only`` shows those of one group, person or event."""

    def __init__(self, desk: Desk, can: Mapping[str, QAction], today: Callable[[], date]) -> None:
        super().__init__()
        self.desk, self._today = desk, today
        self.where: Mapping[str, Any] = NOTHING
        self._wishes: dict[str, Wish] = {}
        self._chosen = ""
        self._can = can
        self.only = TakenChips(name=_("Only these"))
        self.only.changed.connect(self._on_only_changed)
        self.only.hide()
        self.step_button = Button.of(can["step"], primary=True)
        others = [Button.of(can[name], size=ButtonSize.LARGE) for name in ("decline", "open_wish")]
        self.list = RowList(name=_("Who asked"), choosing=True)
        self.list.opened.connect(self._on_opened)
        self.more = muted("")
        listed = Scroll(Pane(column(self.list, self.more, 1, margins=(0, 0, 8, 0))))
        self.card = Sides((Card("", flow(self.step_button, *others), (listed, 1)), listed, 1))
        self.empty = EmptyState(
            "handshake",
            _("Nobody has asked yet"),
            _("Who asks at an event to join a group, or is written down here, is followed until they joined."),
        )
        self.setLayout(column(self.only, (self.card, 1), (self.empty, 1)))
        for hidden in (self.card, self.empty):
            hidden.hide()

    @property
    def chosen(self) -> Wish | None:
        """The wish chosen."""
        return self._wishes.get(self._chosen)

    def show_only(self, where: Mapping[str, Any], of: str) -> None:
        """Only the wishes in which fields have these values; ``of`` says so in words. Nothing: all."""
        self.where = dict(where)
        self.only.blockSignals(True)
        self.only.clear()
        if where:
            self.only.add(Choice("only", of))
        self.only.blockSignals(False)
        self.only.setVisible(bool(where))

    def refresh(self) -> None:
        """Read them anew."""
        where, today = self.where, self._today()
        self.desk.read(lambda store: wishes(store, today, where), self._show)

    def step(self) -> None:
        """Take the chosen wish one step on."""
        if self.chosen is not None:
            self.desk.do(step_on, self._chosen)

    def decline(self) -> None:
        """The chosen one will not become a member."""
        if self.chosen is not None:
            self.desk.do(settle_wish, self._chosen, "declined")

    def open_wish(self) -> None:
        """Go to the chosen one's own page."""
        if self.chosen is not None:
            self.desk.go_to_record("interests", self._chosen)

    def _show(self, found: Sequence[Wish]) -> None:
        self._wishes = {each.interest.id: each for each in found}
        if self._chosen not in self._wishes:
            self._chosen = found[0].interest.id if found else ""
        listed = list(found[:_LISTED])
        if self.chosen is not None and self.chosen not in listed:
            listed.append(self.chosen)
        self.list.show_rows([_line(each, self._today()) for each in listed], self._chosen)
        over = len(found) - len(listed)
        self.more.setText(count("and {n} more after these", "and {n} more after these", over) if over > 0 else "")
        self.card.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._offer()

    def _on_opened(self, wish: str) -> None:
        self._chosen = wish
        self._offer()

    def _offer(self) -> None:
        """What can be done with the one chosen."""
        state = self.chosen.interest.values["state"] if self.chosen else ""
        after = next_step(state) if self.chosen else None
        self._can["step"].setEnabled(after is not None)
        self._can["decline"].setEnabled(after is not None)
        self._can["open_wish"].setEnabled(self.chosen is not None)
        to = vocabulary("interest_states").label(after) if after else _("At its end")
        self.step_button.say(_("On to: {state}", state=to.lower()) if after else to)

    def _on_only_changed(self, keys: Sequence[str]) -> None:
        if not keys:
            self.show_only(NOTHING, "")
            self.refresh()


def _line(wish: Wish, today: date) -> Row:
    values = wish.interest.values
    state = vocabulary("interest_states").label(values["state"] or "asked")
    asked = values["asked_on"] or ""
    detail = " · ".join(
        part for part in (wish.what, _("asked {day}", day=short(asked, today)) if asked else "") if part
    )
    late = wish.waits_since is not None and wish.waits_since + ANSWER_WITHIN < today
    weeks = (today - wish.waits_since).days // 7 if wish.waits_since is not None else 0
    waits = count("no answer for {n} week", "no answer for {n} weeks", weeks) if late else ""
    trailing = " · ".join(part for part in (state, waits) if part)
    return Row(
        wish.interest.id, wish.who or _("Somebody"), "handshake", detail, trailing, waits=late, hover=full(asked)
    )
