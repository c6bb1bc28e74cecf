"""What we heard: what was said by theme, who came by event and by county, as bars that lead to what they count."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from outreach_app.operations.summaries import Pictured, pictured
from outreach_app.texts import _, count, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.lists import go_to_list
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card, EmptyState
from ui.widgets.charts import Bar, BarList
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, column, row
from ui.widgets.plain_tables import PlainTable

_FEW = 12
"""Bars shown before somebody asks for all."""


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

    kinds = frozenset({"events", "sign_ins", "feedback", "themes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
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
        self.room = Pane(column(Columns((themes, 1), (places, 1), least=820), events, 1, space="large"))
        self.empty = EmptyState(
            "chart-column",
            _("Nothing to look at yet"),
            _("Once people have signed in, or said something that was sorted by theme, it is shown here in pictures."),
        )
        self.lay(self.header, (self.room, 1), (self.empty, 1))
        for hidden in (self.room, self.empty):
            hidden.hide()

    def refresh(self) -> None:
        """Count anew."""
        spoken = language()
        self.desk.read(lambda store: pictured(store, spoken), self._show)

    @action("as_table", "As tables", shortcut="Alt+T", icon="table-2")
    def as_table(self) -> None:
        """The same counts as tables, or as pictures again."""
        self._as_table = not self._as_table
        self._show([*self._figures.values()])

    def _show(self, found: Sequence[Pictured]) -> None:
        self._figures = {each.counted.name: each for each in found}
        for name, card in self.cards.items():
            card.setVisible(name in self._figures)
            if name in self._figures:
                card.show_figures(self._figures[name], self._as_table)
        nothing = not any(each.counted.groups for each in found)
        self.room.setVisible(not nothing)
        self.empty.setVisible(nothing)
        self.can["as_table"].setEnabled(not nothing)
        self.table_button.say(_("As pictures") if self._as_table else _("As tables"))

    def _open(self, name: str, group: str) -> None:
        figures = self._figures[name]
        go_to_list(self.desk, figures.counted.of, figures.where[group], group)


def _figure(number: int) -> Words:
    """A figure as columns hold it: at the right."""
    words = Words(f"{number:,}")
    words.setAccessibleName(words.text())
    words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words
