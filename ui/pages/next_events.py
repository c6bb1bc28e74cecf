"""The card of the event that is next: what, when, where, what is provided there, and the button that begins it."""

from collections.abc import Callable
from datetime import date

from outreach_app.model import counties
from outreach_app.model.dates import heading, short
from outreach_app.model.vocabularies import vocabulary
from outreach_app.store.views import View
from outreach_app.texts import _
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import column, row


class NextEvent(Card):
    """``show_event(view, today)``; its button tells ``starts`` the event's id, or asks for a new one where none is."""

    def __init__(self, starts: Callable[[str], object], plans: Callable[[], object]) -> None:
        super().__init__("", marked=True)
        self._starts, self._plans, self._event = starts, plans, ""
        self.name, self.details = Words("", "heading", wrap=True), muted()
        self.button = Button(_("Start"), primary=True, trailing="arrow-right", does=self._go)
        words = column(self.name, self.details, space="hair")
        self.body.addLayout(row((words, 1), self.button, space="large"))

    def show_event(self, event: View | None, today: date) -> None:
        """Show this event as the next one; None where none is planned."""
        self._event = event.id if event else ""
        if event is None:
            self.name.setText(_("No event is planned"))
            self.details.setText(_("Write the next one down, and it waits here on its day."))
            self.button.say(_("New event"))
            return
        self.name.setText(event.title)
        self.details.setText(about(event, today))
        self.button.say(_("Start") if day_of(event) == today.isoformat() else _("Open"))

    def _go(self) -> None:
        if self._event:
            self._starts(self._event)
        else:
            self._plans()


def day_of(event: View) -> str | None:
    """The day an event starts on, ISO; None where it has none yet."""
    starts = event.values["starts"]
    return starts[:10] if starts else None


def said_when(event: View, today: date) -> str:
    """When it is, as one would say it: "Today 10:00–13:00", "Tuesday 24 November 10:00–13:00"; "" where not known."""
    on = day_of(event)
    if on is None:
        return ""
    starts, ends = event.values["starts"], event.values["ends"] or ""
    near = abs((date.fromisoformat(on) - today).days) <= 1
    said = short(on, today).capitalize() if near else heading(date.fromisoformat(on))
    return f"{said} {starts[11:16]}" + (f"–{ends[11:16]}" if ends[:10] == on else "")


def about(event: View, today: date) -> str:
    """When, in which county, with what support: one line."""
    supports = vocabulary("supports")
    parts = [
        said_when(event, today) or _("No day yet"),
        counties.label(event.values["county"]) if event.values["county"] else event.values["town"] or "",
        ", ".join(supports.label(code).lower() for code in event.elements("supports")),
    ]
    return " · ".join(part for part in parts if part)
