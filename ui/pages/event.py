"""The event as it goes: one screen, four ways to capture one keystroke apart, and what just happened. A queue is looking."""

from datetime import datetime
from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from outreach_app.journal.changes import Changes, WriteId
from outreach_app.model import counties
from outreach_app.model.dates import heading
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.event_days import Captured, EventDay, event_day
from outreach_app.operations.events import count_heads
from outreach_app.texts import _, count, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.event_feedback import FeedbackForm
from ui.pages.event_partner import PartnerForm
from ui.pages.event_sign_in import SignInForm
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.headers import PageHeader
from ui.widgets.rows import JustNow, Row
from ui.widgets.tiles import CounterTile, TileRow

_ICONS = {
    "sign_in": "user-plus",
    "record_feedback": "message-square-text",
    "record_partner": "handshake",
    "count_heads": "plus",
}
_WIDE, _NARROW = 972, 330
_SAID = 28


class EventPage(Page):
    """Sign in, feedback, partner, others here: each saves, clears and waits for the next, and nothing is modal."""

    kinds = frozenset({"events", "sign_ins", "feedback", "organizations", "people"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.event_id = ""
        self._undoable: dict[str, WriteId] = {}
        self.header = PageHeader(
            "", "", Button.of(self.can["print_sheet"], size=ButtonSize.LARGE), back=lambda: desk.go("today")
        )
        self.tiles = {
            verb: CounterTile(self.can[name])
            for verb, name in (
                ("sign_in", "to_sign_in"),
                ("record_feedback", "to_feedback"),
                ("record_partner", "to_partner"),
                ("count_heads", "one_more"),
            )
        }
        ways = QActionGroup(self)
        for name in ("to_sign_in", "to_feedback", "to_partner"):
            ways.addAction(self.can[name])
        self.forms = QStackedWidget()
        self.sign_in = SignInForm(desk)
        self.feedback = FeedbackForm(desk)
        self.partner = PartnerForm(desk)
        for form in (self.sign_in, self.feedback, self.partner):
            self.forms.addWidget(form)
        self.just_now = JustNow()
        self.just_now.undo_asked.connect(self._on_undo_asked)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.forms, _WIDE)
        body.addWidget(Card("", self.just_now, 1), _NARROW)
        self.lay(self.header, TileRow(*self.tiles.values()), (body, 1))

    @property
    def title(self) -> str:
        """The window's title names no one."""
        return _("Event")

    def shown(self, **arguments: Any) -> None:
        """It comes into view for one event."""
        if arguments.get("event") and arguments["event"] != self.event_id:
            self.event_id = arguments["event"]
            for form in (self.sign_in, self.feedback, self.partner):
                form.begin(self.event_id)
        self._use(arguments.get("way", "to_sign_in"))
        self.refresh()

    @action("to_sign_in", "Sign in", shortcut="Alt+S", icon="user-plus", also=("F2",), checkable=True)
    def to_sign_in(self, on: bool = True) -> None:
        """Show the sign-in form."""
        if on:
            self._use("to_sign_in")

    @action("to_feedback", "Feedback", shortcut="Alt+F", icon="message-square-text", also=("F3",), checkable=True)
    def to_feedback(self, on: bool = True) -> None:
        """Show the feedback form."""
        if on:
            self._use("to_feedback")

    @action("to_partner", "Partner", shortcut="Alt+P", icon="handshake", also=("F4",), checkable=True)
    def to_partner(self, on: bool = True) -> None:
        """Show the partner form."""
        if on:
            self._use("to_partner")

    @action("one_more", "Others here, unsigned", shortcut="Alt+H", icon="plus", also=("F5",))
    def one_more(self) -> None:
        """One more head."""
        if self.event_id:
            self.desk.do(count_heads, self.event_id)

    @action("print_sheet", "Sign-in sheet", icon="printer")
    def print_sheet(self) -> None:
        """Go and print this event's sheet."""
        self.desk.go("print", event=self.event_id)

    def refresh(self) -> None:
        """Counts and what just happened."""
        if self.event_id:
            self.desk.read(lambda store, event=self.event_id: event_day(store, event), self._show)

    def changed(self, changes: Changes) -> None:
        """Something was saved."""
        super().changed(changes)
        if self.isVisible() and changes.change is not None:
            self.sign_in.forget_suggestions()

    def _use(self, name: str) -> None:
        form = {"to_sign_in": self.sign_in, "to_feedback": self.feedback, "to_partner": self.partner}[name]
        self.can[name].setChecked(True)
        self.forms.setCurrentWidget(form)
        form.take_focus()

    def _show(self, day: EventDay) -> None:
        if day.event.id != self.event_id:
            return
        self.header.say(day.event.title, _about(day))
        for verb, tile in self.tiles.items():
            tile.count(day.counts[verb])
        self._undoable = {str(place): each.change for place, each in enumerate(day.just_now)}
        self.just_now.show_rows([_row(str(place), each) for place, each in enumerate(day.just_now)])

    def _on_undo_asked(self, key: str) -> None:
        self.desk.undo(self._undoable[key])


def _about(day: EventDay) -> str:
    values = day.event.values
    parts = []
    if values["starts"]:
        parts.append(heading(datetime.fromisoformat(values["starts"]).date(), language()))
    if values["county"]:
        parts.append(counties.label(values["county"]))
    level = vocabulary("engagement_levels").by_code.get(values["engagement_level"] or "")
    if level is not None and level.note:
        parts.append(f"“{level.note_in()}”")
    return " · ".join(parts)


def _row(key: str, each: Captured) -> Row:
    text = each.text
    if each.verb == "count_heads":
        text = count("{n} other", "{n} others", each.number)
    elif each.verb == "record_feedback":
        text = f"“{text if len(text) <= _SAID else text[:_SAID].rstrip() + '…'}”"
    when = datetime.fromtimestamp(each.clock / 1_000_000).astimezone()
    return Row(key, text, _ICONS[each.verb], trailing=f"{when:%H:%M}")
