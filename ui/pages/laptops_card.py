"""The department's laptops on screen: who has them, giving one up as lost, and what role each has."""

from collections.abc import Callable, Sequence
from functools import partial

from outreach_app.journal.changes import Changes
from outreach_app.journal.statements import COORDINATOR, WORKER
from outreach_app.operations.laptops import Laptop, appoint, laptops, restore, revoke
from outreach_app.texts import _, count
from ui.actions import action, bind
from ui.desks import Desk
from ui.pages.history_words import when
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.labels import muted
from ui.widgets.layouts import Pane, column, flow, row
from ui.widgets.rows import Row, RowList

HELP = "stolen-laptop"


class LaptopsCard(Card):
    """One is chosen, and below the list stands what can be done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("The department's laptops"), space="small")
        self.desk = desk
        self.can = bind(self, self)
        self.laptops: dict[str, Laptop] = {}
        self.rows = RowList(name=_("The department's laptops"), choosing=True)
        self.rows.opened.connect(self._choose)
        self.why_not = muted("")
        buttons = [Button.of(self.can[name]) for name in ("revoke", "restore", "promote", "demote")]
        self.buttons = dict(zip(("revoke", "restore", "promote", "demote"), buttons, strict=True))
        self.doing = Pane(column(self.why_not, flow(*buttons), space="small"))
        self.doing.hide()
        self.link = LinkButton(_("A laptop was stolen: what to do"), partial(desk.go, "help", name=HELP))
        for piece in (self.rows, self.doing):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.link, 1))

    def refresh(self) -> None:
        """Read anew who belongs."""
        self.desk.read(laptops, self._show)

    @property
    def chosen(self) -> Laptop | None:
        """The one in hand."""
        return self.laptops.get(self._chosen)

    _chosen = ""

    def _show(self, found: Sequence[Laptop]) -> None:
        self.laptops = {each.device.hex(): each for each in found}
        self.rows.show_rows([_row(each) for each in found], self._chosen)
        self._show_doing()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show_doing()

    def _show_doing(self) -> None:
        laptop = self.chosen
        self.doing.setVisible(laptop is not None)
        offered = {
            "revoke": laptop is not None and laptop.below and not laptop.lost,
            "restore": laptop is not None and laptop.below and bool(laptop.lost),
            "promote": laptop is not None and laptop.below and not laptop.lost and laptop.role == WORKER,
            "demote": laptop is not None and laptop.below and not laptop.lost and laptop.role == COORDINATOR,
        }
        for name, able in offered.items():
            self.can[name].setEnabled(able)
            self.buttons[name].setVisible(able)
        self.why_not.setVisible(laptop is not None and not laptop.below)
        if laptop is not None and laptop.own:
            self.why_not.setText(_("This is the laptop you sit at."))
        else:
            self.why_not.setText(_("A coordinator who came before this laptop's can change that."))

    @action("revoke", "Give it up as lost", icon="ban")
    def revoke(self) -> None:
        """It was lost or stolen."""
        self._do(revoke, _("{name}'s laptop is given up. Sync, so that the others know."))

    @action("restore", "It was found", icon="undo-2")
    def restore(self) -> None:
        """It is not lost after all."""
        self._do(restore, _("{name}'s laptop counts again."))

    @action("promote", "Make it a coordinator's laptop", icon="user-check")
    def promote(self) -> None:
        """It reads sensitive reports, and lets others in."""
        self._do(
            lambda store, device: appoint(store, device, COORDINATOR), _("{name}'s laptop is a coordinator's now.")
        )

    @action("demote", "Make it a worker's laptop", icon="user")
    def demote(self) -> None:
        """It does so no longer."""
        self._do(lambda store, device: appoint(store, device, WORKER), _("{name}'s laptop is a worker's now."))

    def _do(self, verb: Callable[..., Changes], said: str) -> None:
        laptop = self.chosen
        if laptop is not None:
            self.desk.do(verb, laptop.device, done=partial(self._on_done, said.format(name=laptop.name)))

    def _on_done(self, said: str, changes: Changes) -> None:
        self.refresh()
        if changes.change is not None:
            self.desk.messages.done(said, _("Undo"), partial(self.desk.undo, changes.change, lambda _c: self.refresh()))


def _row(laptop: Laptop) -> Row:
    parts = [
        _("coordinator") if laptop.role == COORDINATOR else _("worker"),
        _("last received: {day}", day=when(laptop.last)) if laptop.last else _("nothing received yet"),
        count("{n} change waits", "{n} changes wait", laptop.waits) if laptop.waits else "",
    ]
    trailing = _("given up: {day}", day=when(laptop.lost)) if laptop.lost else _("you") if laptop.own else ""
    detail = " · ".join(part for part in parts if part)
    return Row(laptop.device.hex(), laptop.name or "?", "laptop", detail, trailing, waits=bool(laptop.lost))
