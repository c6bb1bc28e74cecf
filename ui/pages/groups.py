"""Groups to join: the directory, who asked to join, and a hand-out of those that fit."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from outreach_app.operations.groups import check_group
from outreach_app.store.views import NOTHING
from outreach_app.texts import _, count
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.pages.group_directory import GroupDirectory
from ui.pages.group_hand_outs import GroupHandOut
from ui.pages.group_wishes import GroupWishes
from ui.pages.lists import go_to_new
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.headers import PageHeader

_ACTIONS = {
    "groups": ("wish", "check", "details"),
    "interests": ("step", "decline", "open_wish"),
    "hand_out": ("print_out", "save_pdf"),
}
"""What can be done in each view."""


class GroupsPage(Page):
    """``desk.go("groups")`` shows the directory; with ``kind="interests"`` who asked, and with ``where`` only some."""

    kinds = frozenset({"groups", "interests", "people", "organizations"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self.header = PageHeader(_("Groups to join"), " ", Button.of(self.can["new"], size=ButtonSize.LARGE))
        self.which = ChipRow(
            [
                Choice("groups", _("Directory"), "messages-square", "Alt+1"),
                Choice("interests", _("Who asked"), "handshake", "Alt+2"),
                Choice("hand_out", _("Hand-out"), "printer", "Alt+3"),
            ],
            name=_("Which part"),
            required=True,
        )
        self.which.changed.connect(lambda keys: self.use(keys[0]))
        self.directory = GroupDirectory(desk, self.can, today, self.new)
        self.directory.asked_of.connect(self._on_asked_of)
        self.directory.found_anew.connect(self._on_found_anew)
        self.wishes = GroupWishes(desk, self.can, today)
        self.paper = GroupHandOut(desk, self.can)
        self.views: dict[str, QWidget] = {"groups": self.directory, "interests": self.wishes, "hand_out": self.paper}
        self.stack = QStackedWidget()
        for view in self.views.values():
            self.stack.addWidget(view)
        self.lay(self.header, self.which, (self.stack, 1))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Groups to join")

    def shown(self, **arguments: Any) -> None:
        """It comes into view: the directory, or the wishes asked for."""
        self.use(arguments.get("kind") or "groups", arguments.get("where") or NOTHING, arguments.get("of", ""))

    def use(self, view: str, where: Mapping[str, Any] = NOTHING, of: str = "") -> None:
        """Show one of the three views."""
        self.which.choose([view])
        self.stack.setCurrentWidget(self.views[view])
        for each, names in _ACTIONS.items():
            for name in names:
                self.can[name].setEnabled(each == view)
        if view == "interests":
            self.wishes.show_only(where, of)
        self.refresh()
        if view == "groups":
            self.directory.search.setFocus()

    def refresh(self) -> None:
        """Read anew what is in view."""
        if self.which.one == "interests":
            self.wishes.refresh()
        else:
            self.directory.refresh()
        self.desk.read(lambda store: (store.count("groups"), store.count("interests")), self._say)

    @action("new", "New group", shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Write down a group that people can join."""
        go_to_new(self.desk, "groups")

    @action("wish", "Somebody asks to join", shortcut="Alt+J", icon="handshake")
    def wish(self) -> None:
        """Write down who asks to join the chosen group."""
        group = self.directory.chosen
        if group is not None:
            go_to_new(self.desk, "interests", group=group.id, state="asked", asked_on=self._today().isoformat())

    @action("check", "Checked today", shortcut="Alt+C", icon="check", hint="All that is written here is right today")
    def check(self) -> None:
        """Say that somebody made sure of the chosen group today."""
        group = self.directory.chosen
        if group is not None:
            self.desk.do(check_group, group.id, self._today().isoformat())

    @action("details", "Change details", shortcut="Alt+D", icon="pencil")
    def details(self) -> None:
        """Go to the chosen group's own page."""
        group = self.directory.chosen
        if group is not None:
            self.desk.go_to_record("groups", group.id)

    @action("step", "On to the next step", shortcut="Alt+S", icon="arrow-right", hint="Asked, sent, introduced, joined")
    def step(self) -> None:
        """Take the chosen wish one step on."""
        self.wishes.step()

    @action("decline", "Came to nothing", shortcut="Alt+N", icon="ban")
    def decline(self) -> None:
        """The chosen wish came to nothing."""
        self.wishes.decline()

    @action("open_wish", "Open", shortcut="Alt+O", icon="pencil")
    def open_wish(self) -> None:
        """Go to the chosen wish's own page."""
        self.wishes.open_wish()

    @action("print_out", "Print…", shortcut="Alt+P", icon="printer")
    def print_out(self) -> None:
        """Print the hand-out."""
        self.paper.print_out()

    @action("save_pdf", "Print to PDF…", shortcut="Alt+F", icon="download")
    def save_pdf(self) -> None:
        """Keep the hand-out as a file."""
        self.paper.save_pdf()

    def _on_asked_of(self, group: str) -> None:
        chosen = self.directory.chosen
        self.use("interests", {"group": group}, chosen.title if chosen else "")

    def _on_found_anew(self) -> None:
        if self.which.one == "hand_out":
            found = self.directory
            self.paper.show_groups(found.fitting, found.interests, found.county.chosen)

    def _say(self, counted: tuple[int, int]) -> None:
        groups, asked = counted
        words = count("{n} group", "{n} groups", groups)
        self.header.say(self.title, f"{words} · " + count("{n} wish to join", "{n} wishes to join", asked))
