"""Today: the next event, what was heard and what became of it, where the work is, and what is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import due, full, heading, short
from outreach_app.operations.admissions import OwnPlace, own_place
from outreach_app.operations.keys import Recovery, recovery
from outreach_app.operations.overviews import CIRCLE, Overview, overview
from outreach_app.store.shipping import Whereabouts
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, count, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.next_events import NextEvent, day_of, said_when
from ui.pages.own_place import OwnPlaceCard
from ui.pages.whereabouts import where_rows
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card
from ui.widgets.charts import Bar, BarChart
from ui.widgets.headers import PageHeader
from ui.widgets.labels import heading as named
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, column, flow, row
from ui.widgets.rows import Row, RowList
from ui.widgets.tiles import StatTiles

_WEEK = timedelta(days=7)
_WIDE, _NARROW = 624, 462  # the shares of the two columns
_THEMES, _OTHERS, _DUE, _DUE_READ = 6, 3, 4, 1000
_NUMBERS = "zero one two three four five six seven eight nine"
_SHEET = {
    Recovery.TO_PRINT: "The recovery sheet is not proven yet",
    Recovery.TO_PROVE: "Is the recovery sheet still there?",
}
_STEPS = {
    "heard": "heard",
    "sorted": "sorted",
    "passed_on": "passed on",
    "answered": "answered",
    "told_back": "told back",
}


@dataclass(frozen=True, slots=True)
class Day:
    """All that Today shows, read in one go."""

    figures: Overview
    recent: Sequence[View]  # events before today, latest first
    signed: dict[str, int]  # by event id, of the recent ones
    whereabouts: Whereabouts
    recovery: Recovery
    place: OwnPlace


def day(store: Store, today: date) -> Day:
    """Read what there is to show on a day."""
    figures = overview(store, today.isoformat(), events=_DUE_READ, due=_DUE_READ, themes=_THEMES)
    latest = store.list("events", order="-starts", limit=len(figures.events) + _OTHERS)
    recent = [view for view in latest if (view.values["starts"] or "9999")[:10] < today.isoformat()][:_OTHERS]
    signed = {view.id: store.count("sign_ins", {"event": view.id}) for view in recent}
    return Day(figures, recent, signed, store.whereabouts(), recovery(store), own_place(store))


class TodayPage(Page):
    """The first page. ``today`` tells the day, so that a test or a picture may choose it."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self.header = PageHeader("", " ", Button.of(self.can["new_event"], size=ButtonSize.LARGE))
        self.next = NextEvent(self.start, self.new_event)
        self.events = RowList(name=_("Other events"), opens=True)
        self.events.opened.connect(lambda key: desk.go("event", event=key))
        self.events_card = Card(_("Other events"), self.events, space="small")
        self.chart = BarChart(name=_("What we heard"))
        self.no_themes = muted()
        self.circle = StatTiles()
        self.all_figures = LinkButton(_("All figures"), lambda: desk.go("heard"))
        heard = Card(
            _("What we heard"),
            self.chart,
            self.no_themes,
            row(named(_("From hearing to telling back")), 1, self.all_figures),
            self.circle,
            1,
            space="small",
        )
        self.where = RowList(name=_("Where your work is"))
        self.sheet = LinkButton("", lambda: desk.go("keys"))
        self.due = RowList(name=_("What is due"), opens=True)
        self.due.opened.connect(lambda key: desk.go_to_record("follow_ups", key))
        self.nothing_due = muted(_("Nothing is due."))
        self.more_due = LinkButton("", lambda: desk.go("follow_ups"))
        right = column(
            Card(
                _("Where your work is"),
                self.where,
                flow(Button.of(self.can["sync_now"]), self.sheet),
                space="small",
            ),
            (Card(_("What is due"), self.due, self.nothing_due, row(self.more_due, 1), 1, space="small"), 1),
            space="medium",
        )
        left = column(self.next, (heard, 1), self.events_card, space="medium")
        self.place_card = OwnPlaceCard()
        self.lay(self.header, self.place_card, (Columns((left, _WIDE), (right, _NARROW)), 1))
        for piece in (self.sheet, self.events_card, self.no_themes, self.nothing_due, self.more_due):
            piece.hide()

    def shown(self, **arguments: Any) -> None:
        """It comes into view; the next event is what Enter starts."""
        del arguments
        self.next.button.setFocus()
        self.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was saved: whatever it was, where the work is has changed."""
        del changes
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the day anew."""
        today = self._today()
        self.desk.read(lambda store: day(store, today), lambda read: self._show(read, today))

    @action("new_event", "New event", shortcut="Ctrl+N", icon="plus")
    def new_event(self) -> None:
        """Write down an event that is planned."""
        self.desk.go("record", kind="events", record=None)

    @action("sync_now", "Sync now", icon="arrow-right-left")
    def sync_now(self) -> None:
        """Sync with the folder used last, or choose one."""
        self.desk.go("sync", now=True)

    def start(self, event: str) -> None:
        """Go to the event that is next."""
        self.desk.go("event", event=event)

    def _show(self, read: Day, today: date) -> None:
        coming = soonest(read.figures.events)
        self.header.say(heading(today), _so_many(coming, today))
        self.next.show_event(coming[0] if coming else None, today)
        self._show_others(coming[1:], read, today)
        self._show_heard(read.figures)
        self.place_card.show_place(read.place)
        self.where.show_rows(where_rows(read.whereabouts))
        self._show_due(read.figures.due, today)
        self.sheet.say(say(_SHEET.get(read.recovery, "")))
        self.sheet.setVisible(read.recovery in _SHEET)

    def _show_others(self, coming: Sequence[View], read: Day, today: date) -> None:
        rows = [
            Row(view.id, view.title, "map-pin", trailing=due(day_of(view) or "", today), hover=said_when(view, today))
            for view in coming[: _OTHERS - 1 if read.recent else _OTHERS]
        ]
        for view in read.recent[: _OTHERS - len(rows)]:
            signed = count("{n} signed in", "{n} signed in", read.signed[view.id])
            hover = said_when(view, today)
            trailing = f"{short(day_of(view) or '', today)} · {signed}"
            rows.append(Row(view.id, view.title, "history", trailing=trailing, hover=hover))
        self.events.show_rows(rows)
        self.events_card.setVisible(bool(rows))

    def _show_heard(self, figures: Overview) -> None:
        self.chart.show_bars([Bar(say(title), number) for _theme, title, number in figures.themes])
        self.chart.setVisible(bool(figures.themes))
        heard = figures.circle["heard"]
        self.no_themes.setText(
            _("Nothing of it is sorted by theme yet.") if heard else _("What people tell you is counted here by theme.")
        )
        self.no_themes.setVisible(not figures.themes)
        self.circle.show_figures([(figures.circle[step], say(_STEPS[step])) for step in CIRCLE])

    def _show_due(self, waiting: Sequence[View], today: date) -> None:
        rows = []
        for view in waiting[:_DUE]:
            on = view.values["due"] or ""
            late = bool(on) and on < today.isoformat()[: len(on)]
            rows.append(Row(view.id, view.title, trailing=due(on, today), waits=late, hover=full(on)))
        self.due.show_rows(rows)
        self.nothing_due.setVisible(not rows)
        self.more_due.say(_("All {n} follow-ups", n=f"{len(waiting):,}"))
        self.more_due.setVisible(len(waiting) > _DUE)


def soonest(events: Sequence[View]) -> list[View]:
    """Those that will take place, the soonest first; those with no day yet last."""
    planned = [view for view in events if view.values["status"] != "cancelled"]
    return sorted(planned, key=lambda view: view.values["starts"] or "9999")


def _so_many(coming: Sequence[View], today: date) -> str:
    """How many events there are today and soon, as one would say it."""
    days = [date.fromisoformat(on) for view in coming if (on := day_of(view))]
    now = sum(on == today for on in days)
    soon = sum(today < on < today + _WEEK for on in days)
    if not now:
        few = (_("none in the next seven days"), _("one in the next seven days"))
        said = few[soon] if soon < 2 else _("{number} in the next seven days", number=_in_words(soon))
        return f"{_('No event today')}, {said}."
    first = _("One event today") if now == 1 else _("{number} events today", number=_in_words(now).capitalize())
    if not soon:
        return f"{first}."
    one = _("one more in the next seven days")
    said = one if soon == 1 else _("{number} more in the next seven days", number=_in_words(soon))
    return f"{first}, {said}."


def _in_words(number: int) -> str:
    words = say(_NUMBERS).split()
    return words[number] if number < len(words) else f"{number:,}"
