"""What we heard: what was said by theme, what became of it, who came, where, and who was not heard from lately."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from outreach_app.operations.gaps import Gap, gaps
from outreach_app.operations.overviews import CIRCLE, circle
from outreach_app.operations.summaries import Pictured, pictured
from outreach_app.store.stores import Store
from outreach_app.texts import _, count, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.circles import step_words
from ui.pages.lists import go_to_list, go_to_new
from ui.pages.reached import CountiesCard, GapsCard
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.charts import Bar, BarChart, BarList
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, column, row
from ui.widgets.plain_tables import PlainTable

_FEW = 12
"""Bars shown before somebody asks for all."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All that the page shows, read in one go."""

    pictured: Sequence[Pictured]
    circle: Mapping[str, int]
    gaps: Sequence[Gap]


def heard(store: Store, spoken: str, today: date) -> Heard:
    """Count it."""
    return Heard(pictured(store, spoken), circle(store), gaps(store, today))


class FiguresCard(Card):
    """One table of counts: bars, the largest first, or the same as a table."""

    def __init__(self, title: str, open_group: Any) -> None:
        self.bars = BarList(name=title)
        self.bars.opened.connect(open_group)
        self.total = muted("")
        self.all = LinkButton("", self._show_all)
        self._table_room = Pane(column())
        self.table: PlainTable | None = None
        self._counted: Pictured | None = None
        self._whole = self._as_table = False
        super().__init__(title, self.total, self.bars, self._table_room, row(self.all, 1), 1, space="small")

    def show_figures(self, figures: Pictured, as_table: bool) -> None:
        """Show these counts."""
        self._counted, self._as_table = figures, as_table
        counted = figures.counted
        groups = sorted(counted.groups.items(), key=lambda group: (-group[1], group[0]))
        shown = groups if self._whole or as_table else groups[:_FEW]
        self.total.setText(
            count("{n} in all, and one may be in several", "{n} in all, and one may be in several", counted.total)
            if not counted.adds_up
            else count("{n} in all", "{n} in all", counted.total)
        )
        self.bars.show_bars([] if as_table else [Bar(*group) for group in shown])
        self.bars.setVisible(not as_table)
        self._show_table(shown if as_table else ())
        self.all.say(_("Show all {n}", n=f"{len(groups):,}"))
        self.all.setVisible(len(shown) < len(groups))
        self.setVisible(bool(groups))

    def _show_table(self, groups: Sequence[tuple[str, int]]) -> None:
        layout = self._table_room.layout()
        assert layout is not None
        if self.table is not None:
            layout.removeWidget(self.table)
            self.table.setParent(None)
            self.table.deleteLater()
            self.table = None
        if groups and self._counted is not None:
            lines: list[Sequence[str | QWidget]] = [(name, _figure(number)) for name, number in groups]
            self.table = PlainTable([self._counted.counted.title, _("How many")], lines, shares=(1, 0))
            self.table.setAccessibleName(self._counted.counted.title)
            layout.addWidget(self.table)

    def _show_all(self) -> None:
        self._whole = True
        if self._counted is not None:
            self.show_figures(self._counted, self._as_table)


class HeardPage(Page):
    """The counts of the whole store, the same as those of a workbook's summary."""

    kinds = frozenset({"events", "sign_ins", "feedback", "themes", "responses", "groups"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._found = Heard((), {}, ())
        self._figures: Mapping[str, Pictured] = {}
        self._as_table = False
        self.table_button = Button.of(self.can["as_table"], size=ButtonSize.LARGE)
        self.header = PageHeader(
            _("What we heard"), _("And who came. Open a bar to see what it counts."), self.table_button
        )
        titles = {
            "feedback_by_theme": _("What was said, by theme"),
            "sign_ins_by_event": _("Who came, by event"),
            "sign_ins_by_county": _("Who came, by county"),
        }
        self.cards = {name: FiguresCard(title, partial(self._open, name)) for name, title in titles.items()}
        themes, events, places = self.cards.values()
        self.map = CountiesCard(self._open_county)
        self.gaps = GapsCard(self._plan_for)
        self.steps = BarChart(name=_("From hearing to telling back"))
        steps = Card(_("From hearing to telling back"), self.steps, 1, space="small")
        pairs = ((themes, places), (self.map, self.gaps), (steps, events))
        rows = (Columns((one, 1), (other, 1), least=820) for one, other in pairs)
        self.room = Pane(column(*rows, 1, space="large"))
        self.empty = EmptyState(
            "chart-column",
            _("Nothing to look at yet"),
            _("Once people have signed in, or said something that was sorted by theme, it is shown here in pictures."),
            _("To Today"),
            lambda: desk.go("today"),
        )
        self.lay(self.header, (self.room, 1), (self.empty, 1))
        for hidden in (self.room, self.empty):
            hidden.hide()

    def refresh(self) -> None:
        """Count anew."""
        spoken, today = language(), self._today()
        self.desk.read(lambda store: heard(store, spoken, today), self._show)

    @action("as_table", "As tables", shortcut="Alt+T", icon="table-2")
    def as_table(self) -> None:
        """The same counts as tables, or as pictures again."""
        self._as_table = not self._as_table
        self._show(self._found)

    def _show(self, found: Heard) -> None:
        self._found = found
        self._figures = {each.counted.name: each for each in found.pictured}
        for name, card in self.cards.items():
            card.setVisible(name in self._figures)
            if name in self._figures:
                card.show_figures(self._figures[name], self._as_table)
        places = self._figures["sign_ins_by_county"].counted if self._figures else None
        by_code = {places.codes[group]: number for group, number in places.groups.items()} if places else {}
        self.map.show_figures(by_code)
        self.gaps.show_gaps(found.gaps, self._today())
        self.steps.show_bars(
            [Bar(step_words(step).capitalize(), found.circle[step]) for step in CIRCLE if found.circle]
        )
        nothing = not any(each.counted.groups for each in found.pictured)
        self.room.setVisible(not nothing)
        self.empty.setVisible(nothing)
        self.can["as_table"].setEnabled(not nothing)
        self.table_button.say(_("As pictures") if self._as_table else _("As tables"))

    def _open_county(self, fips: str) -> None:
        codes = self._figures["sign_ins_by_county"].counted.codes
        self._open("sign_ins_by_county", next(group for group, code in codes.items() if code == fips))

    def _plan_for(self, gap: Gap) -> None:
        """An event where, or in the language of those who, were not heard from."""
        given: Mapping[str, Mapping[str, Any]] = {
            "counties": {"county": gap.code},
            "languages": {"languages": [gap.code]},
        }
        go_to_new(self.desk, "events", **given.get(gap.of, {}))

    def _open(self, name: str, group: str) -> None:
        figures = self._figures[name]
        go_to_list(self.desk, figures.counted.of, figures.where[group], group)


def _figure(number: int) -> Words:
    """A figure as columns hold it: at the right."""
    words = Words(f"{number:,}")
    words.setAccessibleName(words.text())
    words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words
