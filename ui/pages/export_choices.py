"""Only a part: since which day, which lists, which of their columns are to leave, where not all of it is."""

from collections.abc import Iterable
from typing import Any

from outreach_app.operations.leaving import is_day
from outreach_app.sheets.profiles import fields_for
from outreach_app.texts import _, count, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Pane, column, row


class ExportChoicesPage(Page):
    """A day, the lists as chips, and the columns of one of them; nothing chosen is all. Then back to the export."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._profile = ""
        self._columns: dict[str, tuple[str, ...]] = {}
        self.since = LineEdit(placeholder=_("The beginning"))
        self.since_field = LabelledField(_("New or changed since"), self.since, hint=_("as 2026-11-21"))
        self.lists = ChipRow(name=_("Lists"), many=True)
        self.lists.changed.connect(lambda _chosen: self._offer())
        self.of = ChoiceBox(name=_("Columns of"))
        self.of.changed.connect(lambda _kind: self._show_columns())
        self.columns = ChipRow(name=_("Columns"), many=True)
        self.columns.changed.connect(self._on_columns)
        self.told = muted("")
        self.button = Button.of(self.can["done"], primary=True)
        fields = (
            self.since_field,
            LabelledField(_("Lists"), self.lists, hint=_("none chosen: all of them")),
            LabelledField(_("Columns of"), self.of, hint=_("what is not chosen is left as it is when it is read back")),
            LabelledField(_("Columns"), self.columns, hint=_("none chosen: all of them")),
        )
        self.lay(
            PageHeader(_("Only a part"), _("What of it is to leave."), back=lambda: desk.go("export")),
            (Card("", (Scroll(Pane(column(*fields, self.told, 1))), 1), row(self.button, 1)), 1),
        )

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Only a part")

    @property
    def place(self) -> str:
        """It belongs to Export."""
        return "export"

    def shown(self, **arguments: Any) -> None:
        """It comes into view, for a profile and with what was chosen before."""
        self._profile = str(arguments.get("profile", "internal"))
        kinds = self.desk.store.registry
        offered = [name for name, kind in kinds.items() if fields_for(self._profile, kind)]
        self.lists.offer([Choice(name, say(kinds[name].about.label), kinds[name].about.icon) for name in offered])
        self.lists.choose(arguments.get("lists", ()))
        self._columns = {}
        for each in arguments.get("columns", ()):
            kind, _dot, name = each.partition(".")
            self._columns[kind] = (*self._columns.get(kind, ()), name)
        self._offer()
        self.since.setText(str(arguments.get("since", "")))
        self.since.setFocus()

    @action("done", "Done", shortcut="Alt+D", icon="check")
    def done(self) -> None:
        """Back to the export, with what was chosen."""
        wanted, since = self.lists.chosen, self.since.text().strip()
        if since and not is_day(since):
            self.since_field.refuse(_("“{day}” is no day. Write it as 2026-11-21.", day=since))
            self.since.setFocus()
            return
        self.desk.go("export", lists=wanted, columns=tuple(_dotted(self._columns, wanted)), since=since)

    def _offer(self) -> None:
        """Offer the columns of the lists that are to leave."""
        kinds, before = self.desk.store.registry, self.of.chosen
        offered = self.lists.chosen or [name for name, kind in kinds.items() if fields_for(self._profile, kind)]
        self.of.offer([Choice(name, say(kinds[name].about.label)) for name in offered])
        self.of.choose(before)
        self._show_columns()

    def _show_columns(self) -> None:
        kind = self.of.chosen
        fields = fields_for(self._profile, self.desk.store.registry[kind]) if kind else ()
        self.columns.offer([Choice(about.name, say(about.label)) for about in fields])
        self.columns.choose(self._columns.get(kind, ()))
        self._tell()

    def _on_columns(self, chosen: tuple[str, ...]) -> None:
        self._columns[self.of.chosen] = chosen
        self._tell()

    def _tell(self) -> None:
        """Say of which lists columns were chosen, as one is shown at a time."""
        kinds = self.desk.store.registry
        self.told.setText(
            " · ".join(
                f"{say(kinds[kind].about.label)}: {count('{n} column', '{n} columns', len(chosen))}"
                for kind, chosen in self._columns.items()
                if chosen
            )
        )


def _dotted(columns: dict[str, tuple[str, ...]], lists: Iterable[str]) -> Iterable[str]:
    """Columns of the lists that leave, as verbs are told them."""
    left = {*lists}
    return (f"{kind}.{name}" for kind, names in columns.items() if not left or kind in left for name in names)
