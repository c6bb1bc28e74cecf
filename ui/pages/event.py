"""The event as it goes: one screen, four ways to capture one keystroke apart, and what just happened."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup

from outreach_app.journal.changes import Changes, WriteId
from outreach_app.model import counties
from outreach_app.model.dates import heading
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.event_days import Captured, EventDay, event_day
from outreach_app.operations.events import count_heads
from outreach_app.texts import _, count, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.asked_before import AskedBefore
from ui.pages.base import Page
from ui.pages.event_feedback import FeedbackForm
from ui.pages.event_forms import CaptureForm
from ui.pages.event_partner import PartnerForm
from ui.pages.event_people import clock_said
from ui.pages.event_sign_in import SignInForm
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.headers import PageHeader
from ui.widgets.layouts import Columns, Pane, column
from ui.widgets.rows import JustNow, Row
from ui.widgets.tiles import CounterTile, TileRow

_ICONS = {
    "sign_in": "user-plus",
    "record_feedback": "message-square-text",
    "record_partner": "handshake",
    "count_heads": "plus",
}
_WAYS = {"to_sign_in": "sign_in", "to_feedback": "record_feedback", "to_partner": "record_partner"}
_WIDE, _NARROW, _BOTH = 972, 330, 900  # the shares of the two columns, and the pixels in which both find room
_SAID = 28


class EventPage(Page):
    """Sign in, feedback, partner, others here: each saves, clears and waits for the next, and nothing is modal."""

    kinds = frozenset({"events", "sign_ins", "feedback", "organizations", "people"})
    keeps_drafts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.event_id = ""
        self.way = "to_sign_in"
        self._own = dict(self.can)
        self._undoable: dict[str, WriteId] = {}
        self.sign_in = SignInForm(desk)
        self.feedback = FeedbackForm(desk)
        self.partner = PartnerForm(desk)
        self.forms: dict[str, CaptureForm] = {
            "to_sign_in": self.sign_in,
            "to_feedback": self.feedback,
            "to_partner": self.partner,
        }
        self.tiles = {verb: CounterTile(self.can[name]) for name, verb in _WAYS.items()}
        self.tiles["count_heads"] = CounterTile(self.can["one_more"])
        self.just_now = JustNow()
        self.just_now.undo_asked.connect(self._on_undo_asked)
        self.asked_before = AskedBefore(desk)
        self._connect()
        self.header = PageHeader(
            "",
            " ",
            *(Button.of(self.can[name], size=ButtonSize.LARGE) for name in ("print_sheet", "to_visitor")),
            back=lambda: desk.go("today"),
        )
        forms = Pane(column(*((form, 1) for form in self.forms.values()), space="none"))
        body = Columns((forms, _WIDE), (Card("", self.just_now, self.asked_before, 1), _NARROW), least=_BOTH)
        self.lay(self.header, TileRow(*self.tiles.values()), (body, 1))
        self._show_way()

    def _connect(self) -> None:
        """One way is in use at a time; a click leaves the focus where one types, and a key held down counts once."""
        ways = QActionGroup(self)
        for name in _WAYS:
            ways.addAction(self.can[name])
            self.can[name].triggered.connect(partial(self._use, name))  # also where it is in use already
            self.tiles[_WAYS[name]].clicked.connect(partial(self._keep_checked, name))
        self.can["one_more"].setAutoRepeat(False)
        self.tiles["count_heads"].setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.just_now.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def title(self) -> str:
        """The window's title names no one."""
        return _("Event")

    @property
    def form(self) -> CaptureForm:
        """The form in use."""
        return self.forms[self.way]

    def shown(self, **arguments: Any) -> None:
        """It comes into view for one event; the same one again is found as it was left."""
        wanted = arguments.get("event", "")
        if wanted and wanted != self.event_id:
            self.event_id, self.way = wanted, "to_sign_in"
            for form in self.forms.values():
                form.begin(wanted)
            self.asked_before.read(wanted)
        self._use(arguments.get("way", self.way))
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

    @action("to_visitor", "Visitor screen", icon="tablet")
    def to_visitor(self) -> None:
        """Hand the laptop to a visitor: a screen of their own, which a PIN leaves."""
        self.desk.go("visitor", event=self.event_id)

    def refresh(self) -> None:
        """Counts and what just happened."""
        if self.event_id:
            event = self.event_id
            self.desk.read(lambda store: event_day(store, event), self._show)

    def changed(self, changes: Changes) -> None:
        """Something was saved."""
        super().changed(changes)
        if "responses" in changes.kinds and self.event_id:
            self.asked_before.read(self.event_id)
        if self.isVisible():
            self.sign_in.look_again()

    def _use(self, name: str, _on: bool = True) -> None:
        self.way = name
        self.can[name].setChecked(True)
        self._show_way()
        self.form.take_focus()

    def _show_way(self) -> None:
        for name, form in self.forms.items():
            form.setVisible(name == self.way)
        self.can = {**self._own, **self.form.can}  # what F1 lists

    def _keep_checked(self, name: str, _on: bool = True) -> None:
        self.tiles[_WAYS[name]].setChecked(name == self.way)

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
        self.form.take_focus()


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


_SAYS: dict[str, Callable[[Captured], str]] = {
    "count_heads": lambda each: count("{n} other", "{n} others", each.number),
    "record_feedback": lambda each: f"“{_short(each.text)}”" if each.text else _("Sensitive feedback"),
}


def _row(key: str, each: Captured) -> Row:
    says = _SAYS.get(each.verb)
    return Row(key, says(each) if says else each.text, _ICONS[each.verb], trailing=clock_said(each.clock))


def _short(text: str) -> str:
    """The first words of what was said, on one line."""
    words = " ".join(text.split())
    if len(words) <= _SAID:
        return words
    whole = words.rfind(" ", 0, _SAID + 1)
    return words[: whole if whole > 0 else _SAID].rstrip(" ,.;:") + "…"
