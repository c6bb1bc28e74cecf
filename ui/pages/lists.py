"""Lists of every kind of record. A place of the sidebar shows one kind, and beside it those that belong to it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from outreach_app.journal.changes import Changes
from outreach_app.model.identifiers import new_id
from outreach_app.operations.named_lists import NAMED_LISTS, NamedList, named_lists, remove_list, save_list
from outreach_app.texts import _, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.record_lists import RecordList
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.headers import PageHeader

PLACES = {
    "events": "events",
    "people": "people",
    "organizations": "partners",
    "groups": "groups",
    "feedback": "feedback",
    "follow_ups": "follow_ups",
}
"""The kinds that have a place of their own in the sidebar, and its name."""

BESIDE = {
    "events": ("sign_ins",),
    "people": ("affiliations", "consents"),
    "organizations": ("affiliations", "organization_relations"),
    "groups": ("interests",),
    "feedback": ("responses", "themes"),
}
"""The kinds that are looked through in the place of another."""

NEW = {
    "events": "New event",
    "people": "New person",
    "organizations": "New partner",
    "groups": "New group",
    "feedback": "New feedback",
    "follow_ups": "New follow-up",
    "sign_ins": "New sign-in",
    "affiliations": "New affiliation",
    "consents": "New consent",
    "interests": "New interest",
    "responses": "New answer",
    "themes": "New theme",
    "organization_relations": "New tie",
}


def new_words(kind: str) -> str:
    """What the button that makes a new one says."""
    return say(NEW[kind]) if kind in NEW else _("New")


def place_of(kind: str) -> str:
    """The name of the place in which a kind is listed."""
    beside = next((place for place, kinds in BESIDE.items() if kind in kinds), kind)
    return PLACES.get(beside, PLACES["people"])


def go_to_list(desk: Desk, kind: str, where: Mapping[str, Any], of: str) -> None:
    """Go to the list of a kind, with only those of one record in it."""
    desk.go(place_of(kind), kind=kind, where=dict(where), of=of)


def go_to_new(desk: Desk, kind: str, **values: Any) -> None:
    """Go and write down a new record of a kind, with these values in its form. Each is begun apart, so that *Back*
    finds it again, saved or not."""
    desk.go("record", kind=kind, record=None, begun=new_id(), **values)


class ListPage(Page):
    """The list of one kind, and those beside it.

    ``desk.go("people", kind="consents", where={"person": id}, of=name)`` shows another kind, and only some.
    """

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk)
        registry = desk.store.registry
        self.kind = self._first = kind
        self.lists: dict[str, RecordList] = {}
        self._named = ""  # the kept list in view
        buttons = [Button.of(self.can["new"], size=ButtonSize.LARGE, text=new_words(kind))]
        if kind == "events":
            buttons.insert(0, Button.of(self.can["details"], size=ButtonSize.LARGE))
        self.new_button = buttons[-1]
        self.header = PageHeader(self._name(kind), " ", *buttons)
        beside = [name for name in (kind, *BESIDE.get(kind, ())) if name in registry]
        self.which = ChipRow(
            [Choice(name, self._name(name), registry[name].about.icon) for name in beside],
            name=_("Which list"),
            required=True,
        )
        self.which.choose([kind])
        self.which.changed.connect(lambda keys: self._use(keys[0]))
        self.stack = QStackedWidget()
        self.can["details"].setEnabled(kind == "events")
        self.lay(self.header, self.which, (self.stack, 1))
        self.which.setVisible(len(beside) > 1)

    @property
    def title(self) -> str:
        """The list's name."""
        return self._name(self.kind)

    @property
    def in_view(self) -> RecordList:
        """The list in view."""
        if self.kind not in self.lists:
            beside = [Button.of(self.can[name], size=ButtonSize.SMALL) for name in ("filter", "columns")]
            made = RecordList(self.desk, self.kind, new_words(self.kind), self.new, beside)
            made.filters.kept.connect(self._on_kept)
            made.filters.removed.connect(lambda named: self.desk.do(remove_list, named))
            made.filters.named.connect(self._on_named)
            made.counted.connect(lambda words, kind=self.kind: self._on_counted(kind, words))
            self.lists[self.kind] = made
            self.stack.addWidget(made)
        return self.lists[self.kind]

    def shown(self, **arguments: Any) -> None:
        """It comes into view: its own kind whole, unless it was asked for another, or only some."""
        self._use(arguments.get("kind") or self._first, arguments.get("where") or {}, arguments.get("of", ""))

    def refresh(self) -> None:
        """Read the list anew."""
        self.in_view.refresh()

    def changed(self, changes: Changes) -> None:
        """Something was saved: read anew where it shows here."""
        if not self.isVisible():
            return
        if changes.kinds & self.in_view.shows:
            self.refresh()
        if NAMED_LISTS in changes.kinds:
            self._read_lists()

    @action("new", "New", shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """A new one, on a page of its own; of one record's, where only its own are shown."""
        given = {name: value for name, value in self.in_view.where.items() if isinstance(value, str)}
        go_to_new(self.desk, self.kind, **given)

    @action("details", "Change details", shortcut="Alt+D", icon="pencil")
    def details(self) -> None:
        """Of an event: its own page, where what is known of it is written (opening it starts capturing)."""
        chosen = self.in_view.current_record()
        if chosen is None:
            self.desk.messages.done(_("Choose a line first."))
        else:
            self.desk.go("record", kind=self.kind, record=chosen.id)

    @action("filter", "Filter", shortcut="Alt+F", icon="list-checks", hint="Only what is like this; lists with a name")
    def filter(self) -> None:
        """Only what is like this, one condition after the other; keep the list under a name."""
        bar = self.in_view.filters
        bar.setVisible(not bar.isVisibleTo(self))
        if bar.isVisibleTo(self):
            self._read_lists()
            bar.field.setFocus()

    @action("columns", "Columns", shortcut="Alt+C", icon="table-2", hint="Which columns the list shows")
    def columns(self) -> None:
        """Choose the columns and their order."""
        bar = self.in_view.columns_bar
        bar.setVisible(not bar.isVisibleTo(self))
        if bar.isVisibleTo(self):
            bar.more.setFocus()

    def _read_lists(self) -> None:
        of = self.in_view
        self.desk.read(
            lambda store: named_lists(store, of.kind), lambda found: of.filters.offer_lists(found, self._named)
        )

    def _on_kept(self, name: str) -> None:
        of, bar = self.in_view, self.in_view.filters
        wanted = NamedList(name, of.kind, of.conditions, of.columns, of.order if "," not in of.order else "")

        def told(kept: tuple[str, Changes]) -> None:
            self._named = kept[0]
            bar.name.clear()
            self.desk.messages.done(_("Kept. It is among the kept lists, on every laptop after a sync."))

        self.desk.do(save_list, wanted, done=told, failed=bar.name_field.refuse)

    def _on_named(self, named: NamedList) -> None:
        self._named = named.id
        self.in_view.show_named(named)

    def _use(self, kind: str, where: Mapping[str, Any] | None = None, of: str = "") -> None:
        self.kind = kind
        self.which.choose([kind])
        self.can["details"].setEnabled(kind == "events")
        self.new_button.say(new_words(kind))
        self.header.say(self._name(kind), self.header.subtitle.text() or " ")
        self.in_view.show_only(where or {}, of)
        self.stack.setCurrentWidget(self.in_view)
        self.in_view.refresh()
        self.in_view.take_focus()

    def _name(self, kind: str) -> str:
        about = self.desk.store.registry[kind].about
        return say(about.menu or about.label)

    def _on_counted(self, kind: str, words: str) -> None:
        if kind == self.kind:
            self.header.say(self._name(kind), words)
