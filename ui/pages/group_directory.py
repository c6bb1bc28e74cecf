"""The directory of groups to join: found by interest, county or a few letters, and what is known of the chosen one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from outreach_app.model import counties
from outreach_app.model.dates import full, short
from outreach_app.model.kinds import Kind
from outreach_app.model.values import shown
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.groups import FittingGroup, fitting_groups, is_old
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, count, say
from ui.desks import Desk
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card, EmptyState, Scroll
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LineEdit
from ui.widgets.labels import Words
from ui.widgets.layouts import Columns, Pane, Settling, column, emptied, flow, row
from ui.widgets.rows import Row, RowList
from ui.widgets.sides import Sides

_SAID = ("interests", "counties", "how_to_join", "meets", "openings", "seats", "open_to_public", "languages",
         "compensation", "contact_name", "phones", "emails", "website", "notes")  # fmt: skip
"""What is said of the chosen group below its purpose, in this order."""

_BESIDE_BAR = (0, 0, 8, 0)


@dataclass(frozen=True, slots=True)
class Directory:
    """The groups that fit, how many there are in all, the counties to choose from, and who asked to join which."""

    fitting: Sequence[FittingGroup]
    all: int
    counties: Sequence[str]
    asked: dict[str, int]


def directory(store: Store, interests: Sequence[str], county: str, text: str) -> Directory:
    """Read what the directory shows."""
    known = [view.elements("counties") for view in store.list("groups")]
    fitting = fitting_groups(store, interests, county, text)
    asked = {each.group.id: store.count("interests", {"group": each.group.id}) for each in fitting}
    return Directory(fitting, len(known), sorted({each for some in known for each in some}, key=counties.label), asked)


class GroupDirectory(Settling):
    """Filters above, what fits at the left, the chosen group at the right. ``found_anew`` tells that other groups fit,
    ``asked_of`` the group whose wishes somebody wants to see."""

    found_anew = Signal()
    asked_of = Signal(str)

    def __init__(
        self, desk: Desk, can: Mapping[str, QAction], today: Callable[[], date], new: Callable[[], object]
    ) -> None:
        super().__init__()
        self.desk, self._today = desk, today
        self.found: Directory | None = None
        self._chosen = ""
        self.search = LineEdit(placeholder=_("Find a group by name, purpose or place"))
        self.search.setAccessibleName(_("Find a group by name, purpose or place"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self.refresh())
        areas = [Choice(code, label) for code, label in vocabulary("interest_areas").labels().items()]
        self.interest = ChoiceBox(areas, name=_("Interest"), empty=_("All interests"), shrinks=True)
        self.county = ChoiceBox((), name=_("County"), empty=_("All counties"), shrinks=True)
        for box in (self.interest, self.county):
            box.changed.connect(lambda _key: self.refresh())
        self.list = RowList(name=_("Groups"), choosing=True)
        self.list.opened.connect(self._on_opened)
        self._said = QVBoxLayout()
        self.name, self.kind = Words("", "heading", wrap=True), Words("", "muted", wrap=True)
        self.checked = Words("", "muted", wrap=True)
        self.asked = LinkButton("", lambda: self.asked_of.emit(self._chosen))
        buttons = flow(*(Button.of(can[name]) for name in ("wish", "check", "details")))
        left = Scroll(Pane(column(self.list, 1, margins=_BESIDE_BAR)))
        about = column(self.name, self.kind, self.checked, row(self.asked, 1), space="hair")
        right = Scroll(Pane(column(about, buttons, self._said, 1, margins=_BESIDE_BAR)))
        self.sides = Sides((Card("", (left, 1)), left, 5), (Card("", (right, 1)), right, 6))
        self.empty = EmptyState(
            "messages-square",
            _("No groups yet"),
            _("Write down the councils, commissions and work groups one can join, or merge a workbook of them."),
            _("New group"),
            new,
        )
        self.nothing = EmptyState(
            "search",
            _("No group fits"),
            _("Choose another interest or county, or fewer letters."),
            _("Show all"),
            self.show_all,
        )
        filters = Columns(
            (self.search, 6), (Pane(column(flow(self.interest, self.county), margins=(0, 5, 0, 0))), 5), least=900
        )
        self.setLayout(column(filters, (self.sides, 1), (self.empty, 1), (self.nothing, 1)))
        for hidden in (self.sides, self.empty, self.nothing):
            hidden.hide()

    @property
    def chosen(self) -> View | None:
        """The group chosen."""
        fitting = self.found.fitting if self.found else ()
        return next((each.group for each in fitting if each.group.id == self._chosen), None)

    @property
    def fitting(self) -> tuple[str, ...]:
        """The ids of those that fit, in their order."""
        return tuple(each.group.id for each in self.found.fitting) if self.found else ()

    @property
    def interests(self) -> tuple[str, ...]:
        """The interest chosen, if any."""
        return (self.interest.chosen,) if self.interest.chosen else ()

    def show_all(self) -> None:
        """Take filters and letters back."""
        self.interest.choose("")
        self.county.choose("")
        self.search.setText("")
        self.refresh()
        self.search.setFocus()

    def refresh(self) -> None:
        """Read it anew."""
        asked = (self.interests, self.county.chosen, self.search.text())
        self.desk.read(
            lambda store: directory(store, *asked),
            lambda found: (
                self._show(found) if asked == (self.interests, self.county.chosen, self.search.text()) else None
            ),
        )

    def _show(self, found: Directory) -> None:
        self.found = found
        county = self.county.chosen
        self.county.offer([Choice(each, counties.label(each)) for each in found.counties], _("All counties"))
        self.county.choose(county)
        ids = [each.group.id for each in found.fitting]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        declared = self.desk.store.registry["groups"]
        self.list.show_rows([_line(declared, each, self._today()) for each in found.fitting], self._chosen)
        self.sides.setVisible(bool(ids))
        self.empty.setVisible(not found.all)
        self.nothing.setVisible(bool(found.all) and not ids)
        self._show_chosen()
        self.found_anew.emit()

    def _on_opened(self, group: str) -> None:
        self._chosen = group
        self._show_chosen()

    def _show_chosen(self) -> None:
        group = self.chosen
        emptied(self._said)
        if group is None or self.found is None:
            return
        declared = self.desk.store.registry["groups"]
        self.name.setText(group.title)
        self.kind.setText(_kind(declared, group))
        self.checked.setText(checked_words(group, self._today()))
        self.checked.show_as("waits" if is_old(group, self._today()) else "muted")
        asked = self.found.asked.get(group.id, 0)
        self.asked.say(count("{n} asked to join", "{n} asked to join", asked))
        self.asked.setVisible(asked > 0)
        if group.values["purpose"]:
            self._say(Words(group.values["purpose"], wrap=True))
        for name in _SAID:
            words = shown(declared.by_name[name], group.values[name], on_screen=True)
            if words:
                self._say(Words(say(declared.by_name[name].label), "muted"), Words(words, wrap=True))

    def _say(self, *words: Words) -> None:
        """Write below what is said already. It is shown at once: till Qt did so, there would be no room for it."""
        self._said.addLayout(column(*words, space="none"))
        for each in words:
            each.show()


def _kind(declared: Kind, group: View) -> str:
    named = (shown(declared.by_name[name], group.values[name]) for name in ("group_type", "owning_unit"))
    return " · ".join(each for each in named if each)


def _line(declared: Kind, each: FittingGroup, today: date) -> Row:
    group, openings = each.group, each.group.values["openings"]
    seats = "" if openings is None else count("{n} free seat", "{n} free seats", openings) if openings else _("full")
    detail = " · ".join(part for part in (_kind(declared, group), seats) if part)
    day = group.values["verified_on"] or ""
    old = is_old(group, today)
    said = short(day, today) if day else ""
    trailing = (_("not since {day}", day=said) if old else _("checked {day}", day=said)) if said else _("never checked")
    return Row(group.id, group.title, "", detail, trailing, waits=old, hover=full(day) if day else "")


def checked_words(group: View, today: date) -> str:
    """When somebody last made sure of a group, and what to do where that is long ago."""
    day = group.values["verified_on"]
    if not day:
        return _("Nobody has made sure of this yet. Call before you send anybody there.")
    if is_old(group, today):
        return _("Last checked {day}, long ago. Call before you send anybody there.", day=full(day))
    return _("Last checked {day}.", day=full(day))
