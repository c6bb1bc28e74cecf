"""Who was reached, and who was not: the counties on a map, and those not heard from lately with what to do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from outreach_app.model import counties
from outreach_app.model.county_shapes import state_shapes
from outreach_app.operations.gaps import Gap
from outreach_app.texts import _, count
from ui.pages.gap_words import gap_called, silent_for
from ui.widgets.cards import Card
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.county_maps import CountyMap
from ui.widgets.labels import muted
from ui.widgets.rows import Row, RowList

_GAPS = 8


class CountiesCard(Card):
    """The map of one state; chips choose which, where people came in several. ``opens`` is told a county's code."""

    def __init__(self, opens: Callable[[str], object]) -> None:
        self.map = CountyMap(name=_("Counties reached"))
        self.map.opened.connect(opens)
        self.states = ChipRow((), name=_("State"), required=True)
        self.states.changed.connect(lambda _keys: self._show())
        self.said = muted()
        self._figures: Mapping[str, int] = {}
        super().__init__(_("Counties reached"), self.said, self.states, self.map, 1, space="small")

    def show_figures(self, figures: Mapping[str, int]) -> None:
        """Show how many came in each county, by code."""
        self._figures = {fips: number for fips, number in figures.items() if number and counties.county(fips)}
        by_state: dict[str, int] = {}
        for fips, number in self._figures.items():
            by_state[self._state_of(fips)] = by_state.get(self._state_of(fips), 0) + number
        listed = sorted(by_state, key=lambda state: (-by_state[state], state))
        chosen = self.states.one if self.states.one in by_state else next(iter(listed), None)
        self.states.offer([Choice(state, state) for state in listed])
        self.states.choose([chosen] if chosen else [])
        self.states.setVisible(len(listed) > 1)
        self.setVisible(bool(listed))
        self._show()

    def _show(self) -> None:
        state = self.states.one
        if state is None:
            return
        inside = {fips: number for fips, number in self._figures.items() if self._state_of(fips) == state}
        self.said.setText(
            _(
                "{reached} of {all} counties in {state}. The number is how many came there.",
                reached=len(inside),
                all=len(state_shapes(state)),
                state=state,
            )
        )
        self.map.show_figures(state, inside)

    @staticmethod
    def _state_of(fips: str) -> str:
        known = counties.county(fips)
        return known.state if known else ""


class GapsCard(Card):
    """Who was not heard from lately, the longest silence first; a line opened plans an event for them."""

    def __init__(self, plans: Callable[[Gap], object]) -> None:
        self.list = RowList(name=_("Not heard from lately"), opens=True)
        self._gaps: dict[str, Gap] = {}
        self.list.opened.connect(lambda key: plans(self._gaps[key]))
        self.said = muted()
        super().__init__(_("Not heard from lately"), self.said, self.list, 1, space="small")

    def show_gaps(self, silent: Sequence[Gap], today: date) -> None:
        """Show the first of them."""
        self._gaps = {f"{each.of} {each.code}": each for each in silent[:_GAPS]}
        self.list.show_rows(
            [
                Row(key, gap_called(each), _ICONS[each.of], trailing=silent_for(each, today))
                for key, each in self._gaps.items()
            ]
        )
        over = len(silent) - len(self._gaps)
        words = _("Eight weeks and more. Open a line to plan an event there, or with an interpreter.")
        more = count("And {n} more.", "And {n} more.", over) if over > 0 else ""
        self.said.setText(f"{words} {more}".strip())
        self.setVisible(bool(silent))


_ICONS = {"counties": "map-pin", "languages": "messages-square", "populations": "users"}
