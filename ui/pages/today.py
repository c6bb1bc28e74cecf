"""Today: the next event, what was heard and what became of it, where the work is, what is due, who was silent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import due, full, heading, moment_of, short
from outreach_app.operations.admissions import OwnPlace, own_place
from outreach_app.operations.gaps import Gap, gaps
from outreach_app.operations.groups import called, follow_up_unanswered
from outreach_app.operations.keys import Recovery, recovery
from outreach_app.operations.overviews import CIRCLE, Due, Overview, overview
from outreach_app.store.shipping import Whereabouts
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, count, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.circles import step_words
from ui.pages.gap_words import gap_called, silent_for
from ui.pages.next_events import NextEvent, day_of, said_when
from ui.pages.own_place import OwnPlaceCard
from ui.pages.tour import TourOffer, is_new_here
from ui.pages.whereabouts import where_rows
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card
from ui.widgets.charts import Bar, BarChart
from ui.widgets.headers import PageHeader
from ui.widgets.labels import heading as named
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, Pane, column, flow, row
from ui.widgets.rows import Row, RowList
from ui.widgets.tiles import StatTiles

_WEEK = timedelta(days=7)
_WIDE, _NARROW = 624, 462  # the shares of the two columns
_OTHERS, _GAPS = 3, 3
_QUOTED = 90  # letters of what was heard lately
_NUMBERS = "zero one two three four five six seven eight nine"
_SHEET = {
    Recovery.TO_PRINT: "The recovery sheet is not proven yet",
    Recovery.TO_PROVE: "Is the recovery sheet still there?",
}


@dataclass(frozen=True, slots=True)
class Day:
    """All that Today shows, read in one go."""

    figures: Overview
    whereabouts: Whereabouts
    recovery: Recovery
    place: OwnPlace
    gaps: Sequence[Gap]
    new_here: bool


def day(store: Store, today: date) -> Day:
    """Read what there is to show on a day."""
    return Day(
        overview(store, today), store.whereabouts(), recovery(store), own_place(store), gaps(store, today),
        is_new_here(store),
    )  # fmt: skip


class TodayPage(Page):
    """The first page. ``today`` tells the day, so that a test or a picture may choose it."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._followed: date | None = None  # the day on which wishes that nobody answered were last looked for
        self.header = PageHeader("", " ", Button.of(self.can["new_event"], size=ButtonSize.LARGE))
        self.next = NextEvent(self.start, self.new_event)
        self.events = RowList(name=_("Other events"), opens=True)
        self.events.opened.connect(lambda key: desk.go("event", event=key))
        self.events_card = Card(_("Other events"), self.events, space="small")
        right = column(self._where_card(), (self._due_card(), 1), space="medium")
        left = column(self.next, (self._heard_card(), 1), self.events_card, space="medium")
        self.place_card = OwnPlaceCard()
        self.tour = TourOffer(desk)
        self.lay(self.header, self.place_card, self.tour, (Columns((left, _WIDE), (right, _NARROW)), 1))
        cards = (self.events_card, self.lately, self.silence)
        for piece in (*cards, self.sheet, self.no_themes, self.nothing_due, self.more_due, self.decide):
            piece.hide()

    def _heard_card(self) -> Card:
        self.chart = BarChart(name=_("What we heard this season"))
        self.no_themes = muted()
        self.circle = StatTiles()
        self.all_figures = LinkButton(_("All figures"), lambda: self.desk.go("heard"))
        self.quotes = RowList(name=_("Heard lately"), opens=True)
        self.quotes.opened.connect(lambda key: self.desk.go_to_record("feedback", key))
        self.lately = Pane(column(named(_("Heard lately")), self.quotes, space="hair"))
        return Card(
            _("What we heard this season"),
            self.chart,
            self.no_themes,
            row(named(_("From hearing to telling back")), 1, self.all_figures),
            self.circle,
            self.lately,
            1,
            space="small",
        )

    def _where_card(self) -> Card:
        self.where = RowList(name=_("Where your work is"))
        self.decide = LinkButton("", lambda: self.desk.go("decide"))
        self.sheet = LinkButton("", lambda: self.desk.go("keys"))
        links = flow(Button.of(self.can["sync_now"]), self.decide, self.sheet)
        return Card(_("Where your work is"), self.where, links, space="small")

    def _due_card(self) -> Card:
        self.due = RowList(name=_("What is due"), opens=True)
        self.due.opened.connect(lambda key: self.desk.go_to_record("follow_ups", key))
        self.nothing_due = muted(_("Nothing is due."))
        self.more_due = LinkButton("", lambda: self.desk.go("follow_ups"))
        self.silent = muted()
        self.what_to_do = LinkButton(_("What to do"), lambda: self.desk.go("heard"))
        title = row(named(_("Not heard from lately")), 1, self.what_to_do)
        self.silence = Pane(column(title, self.silent, space="hair"))
        return Card(_("What is due"), self.due, self.nothing_due, row(self.more_due, 1), self.silence, 1, space="small")

    def shown(self, **arguments: Any) -> None:
        """It comes into view; the next event is what Enter starts."""
        del arguments
        self.next.button.setFocus()
        self.refresh()
        today = self._today()
        if self._followed != today:
            self._followed = today
            self.desk.read(lambda store: follow_up_unanswered(store, today), self._on_followed_up)

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

    def _on_followed_up(self, made: Changes) -> None:
        """The program made these, nobody here: Ctrl+Z is not to undo them."""
        if made.change is not None:
            self.desk.committed.emit(made)

    def _show(self, read: Day, today: date) -> None:
        coming = read.figures.coming
        self.header.say(heading(today), _so_many(coming, today))
        self.next.show_event(coming[0] if coming else None, today)
        self._show_others(read.figures, today)
        self._show_heard(read.figures, today)
        self.place_card.show_place(read.place)
        self.tour.setVisible(read.new_here)
        self.where.show_rows(where_rows(read.whereabouts))
        self._show_due(read.figures.due, today)
        self._show_gaps(read.gaps, today)
        to_decide = read.figures.to_decide
        self.decide.say(count("{n} thing to decide", "{n} things to decide", to_decide))
        self.decide.setVisible(to_decide > 0)
        self.sheet.say(say(_SHEET.get(read.recovery, "")))
        self.sheet.setVisible(read.recovery in _SHEET)

    def _show_others(self, figures: Overview, today: date) -> None:
        """What is on this week, and what was last, with who came."""
        others, past = figures.coming[1:], figures.past
        rows = [
            Row(view.id, view.title, "map-pin", trailing=due(day_of(view) or "", today), hover=said_when(view, today))
            for view in others[: _OTHERS - 1 if past else _OTHERS]
        ]
        for view in past[: _OTHERS - len(rows)]:
            signed = count("{n} signed in", "{n} signed in", figures.signed[view.id])
            hover = said_when(view, today)
            trailing = f"{short(day_of(view) or '', today)} · {signed}"
            rows.append(Row(view.id, view.title, "history", trailing=trailing, hover=hover))
        self.events.show_rows(rows)
        self.events_card.setVisible(bool(rows))

    def _show_heard(self, figures: Overview, today: date) -> None:
        self.chart.show_bars([Bar(say(title), number) for _theme, title, number in figures.themes])
        self.chart.setVisible(bool(figures.themes))
        heard = figures.circle["heard"]
        self.no_themes.setText(
            _("Nothing of it is sorted by theme yet.") if heard else _("What people tell you is counted here by theme.")
        )
        self.no_themes.setVisible(not figures.themes)
        self.circle.show_figures([(figures.circle[step], step_words(step)) for step in CIRCLE])
        self.quotes.show_rows([_quote(view, today) for view in figures.lately])
        self.lately.setVisible(bool(figures.lately))

    def _show_due(self, waiting: Due, today: date) -> None:
        rows = []
        for view in waiting.first:
            on = view.values["due"] or ""
            late = bool(on) and on < today.isoformat()[: len(on)]
            rows.append(Row(view.id, called(view), trailing=due(on, today), waits=late, hover=full(on)))
        self.due.show_rows(rows)
        self.nothing_due.setVisible(not rows)
        self.more_due.say(_("All {n} follow-ups", n=f"{waiting.count:,}"))
        self.more_due.setVisible(waiting.count > len(rows))

    def _show_gaps(self, silent: Sequence[Gap], today: date) -> None:
        said = [f"{gap_called(each)} ({silent_for(each, today)})" for each in silent[:_GAPS]]
        over = len(silent) - len(said)
        said += [count("{n} more", "{n} more", over)] if over > 0 else []
        self.silent.setText(" · ".join(said))
        self.silence.setVisible(bool(silent))


def _quote(view: View, today: date) -> Row:
    """What somebody said, in a line or two, and where."""
    words = " ".join(view.title.split())
    words = words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + "…"
    where = view.titles.get(view.values["event"] or "", "")
    return Row(view.id, words, "quote", trailing=short(moment_of(view.made_at)[:10], today), hover=where)


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
