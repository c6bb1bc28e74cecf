"""Settings: what the department says of itself, how this laptop is set up, and the file by which others are alike."""

from collections.abc import Mapping
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.settings import DEPARTMENT_KIND, LANGUAGE, LAPTOP, LOGO
from outreach_app.operations.settings import change_settings, department_name, has_visitor_pin, settings
from outreach_app.store.stores import Store
from outreach_app.texts import _, language
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.settings_cards import AlikeCard, LogoPart, VisitorPinCard
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import LineEdit
from ui.widgets.forms.forms import Facts, RecordForm
from ui.widgets.forms.parts import Lookups
from ui.widgets.headers import PageHeader
from ui.widgets.labels import muted
from ui.widgets.layouts import Columns, column, row

_WIDE, _NARROW = 620, 466  # the shares of the two columns
_NO_LOOKUPS = Lookups(lambda _kind, _typed, _deliver: None, lambda _field, _typed, _deliver: None)


def state(store: Store) -> tuple[Mapping[str, Any], bool]:
    """What the page shows: every setting, and whether the visitor screen has a PIN here."""
    return {**settings(store), "name": department_name(store)}, has_visitor_pin(store)


class SettingsPage(Page):
    """The department's at the left, saved together; this laptop's at the right, which hold as they are chosen."""

    kinds = frozenset({DEPARTMENT_KIND})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        declared = desk.store.registry[DEPARTMENT_KIND]
        self._fields = [field for field in declared.fields if field.name != LOGO]
        self._speaks = desk.store.role == "coordinator"
        self.department = RecordForm(self._fields, _NO_LOOKUPS)
        name = self.department.parts["name"].named
        if isinstance(name, LineEdit):
            name.setPlaceholderText(desk.store.department)
        self.logo = LogoPart(desk)
        self.logo.setEnabled(self._speaks)
        self.laptop = RecordForm(LAPTOP, _NO_LOOKUPS)
        self.laptop.edited.connect(self._on_laptop)
        self.pin, self.alike = VisitorPinCard(desk), AlikeCard(desk)
        self.pin.changed.connect(self.refresh)
        self.can |= self.alike.can
        self._shown = False
        self.facts = Card(_("The department"), muted(_("Only a coordinator changes what holds for all.")))
        self.told = Facts((), {}, {})
        save = Button.of(self.can["save"], primary=True)
        self.form_card = Card(_("The department"), self.department, self.logo, row(save, 1))
        (self.facts if self._speaks else self.form_card).hide()
        right = column(
            Card(_("This laptop"), muted(_("What is chosen here holds at once, and here alone.")), self.laptop),
            self.pin,
            self.alike,
            1,
            space="large",
        )
        about = _("What the department says of itself, and how this laptop is set up.")
        left = column(self.form_card, self.facts, 1)
        self.lay(PageHeader(_("Settings"), about), Columns((left, _WIDE), (right, _NARROW)))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Settings")

    def refresh(self) -> None:
        """Read anew how all is set up."""
        self.desk.read(state, self._show)

    @action("save", "Save", shortcut="Ctrl+Enter", icon="check")
    def save(self) -> None:
        """Save what the department says of itself; it goes to every laptop with the next sync."""
        edits = self.department.edits() if self._speaks else None
        if edits:
            self.desk.do(change_settings, edits, done=self._on_saved)

    def _on_saved(self, _changes: Changes) -> None:
        self.department.saved()
        self.desk.messages.done(_("Saved. The other laptops have it after their next sync."), _("Undo"), self.desk.undo)

    def _on_laptop(self) -> None:
        edits = self.laptop.edits()
        if edits:
            self.laptop.saved()
            self.desk.do(change_settings, edits, done=lambda _changes: self.desk.set_up.emit())

    def _show(self, read: tuple[Mapping[str, Any], bool]) -> None:
        found, has_pin = read
        shows = self.department.meet if self._shown else self.department.show_values
        shows(found, {})
        self._shown = True
        self.logo.show_logo(found[LOGO])
        self.laptop.show_values({**found, LANGUAGE: found[LANGUAGE] or language()}, {})
        self.pin.show_pin(has_pin)
        self.told.deleteLater()
        self.told = Facts(self._fields, found, {})
        self.facts.body.addWidget(self.told)
