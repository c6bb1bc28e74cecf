"""The department's laptops on screen: who has them, letting one in, giving one up as lost, and what role each has."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from outreach_app.journal.changes import Changes
from outreach_app.journal.statements import COORDINATOR, WORKER
from outreach_app.operations.admissions import ask_first, let_in, said_let_in, why_in_words
from outreach_app.operations.held import look_again
from outreach_app.operations.laptops import Laptop, appoint, laptops, restore, revoke
from outreach_app.texts import _, count
from ui.actions import action, bind
from ui.desks import Desk
from ui.pages.history_words import when
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.fields import GrowingText, LabelledField
from ui.widgets.labels import muted
from ui.widgets.layouts import Pane, column, flow, row
from ui.widgets.rows import Row, RowList

HELP = "stolen-laptop"
_ACTIONS = ("let_in", "revoke", "restore", "promote", "demote")
_BY_SHEET = ("revoke_by_sheet", "restore_by_sheet")


class LaptopsCard(Card):
    """One is chosen, and below the list stands what can be done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("The department's laptops"), space="small")
        self.desk = desk
        self.can = bind(self, self)
        self.laptops: dict[str, Laptop] = {}
        self.rows = RowList(name=_("The department's laptops"), choosing=True)
        self.rows.opened.connect(self._choose)
        self.about = muted("")
        self.buttons = {name: Button.of(self.can[name]) for name in _ACTIONS}
        self.turn = LinkButton("", self._on_turn)
        self.again = LinkButton(_("Look again at what was left out"), self._on_again)
        self.words = GrowingText(least=3, most=6, flows=True)
        self.words.submitted.connect(self._on_submitted)
        self.field = LabelledField(_("The 24 words, or the square code scanned"), self.words)
        self.sheet_buttons = {name: Button.of(self.can[name]) for name in _BY_SHEET}
        self.by_sheet = Pane(column(self.field, row(*self.sheet_buttons.values(), 1), space="small"))
        links = row(self.turn, self.again, 1)
        self.doing = Pane(column(self.about, flow(*self.buttons.values()), links, self.by_sheet, space="small"))
        self.link = LinkButton(_("A laptop was stolen: what to do"), partial(desk.go, "help", name=HELP))
        for piece in (self.rows, self.doing):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.link, 1))
        self._show_doing()

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
        named = Counter(each.name.casefold() for each in found)
        rows = [_row(each, alike=named[each.name.casefold()] > 1) for each in found]
        at = self.doing.focusWidget()
        within = at is not None and self.window().focusWidget() is at
        self.rows.show_rows(rows, self._chosen)
        self._show_doing()
        if within and at is not None and not at.isVisible() and self._chosen in self.laptops:
            self.rows.line(self._chosen).setFocus()  # Qt would pass it on to the link to the help

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._show_doing()

    def _show_doing(self) -> None:
        laptop = self.chosen
        self.doing.setVisible(laptop is not None)
        offered = _offered(laptop) if laptop is not None else ()
        for name, button in self.buttons.items():
            self.can[name].setEnabled(name in offered)
            button.setVisible(name in offered)
        for name, button in self.sheet_buttons.items():
            self.can[name].setEnabled(False)
            button.setVisible(name in offered)
        self.turn.setVisible(any(name in offered for name in _BY_SHEET))
        found = "restore_by_sheet" in offered
        self.turn.say(
            _("It was found: the recovery sheet says so") if found else _("Give it up with the recovery sheet")
        )
        self.again.setVisible(laptop is not None and laptop.below and bool(laptop.looked_at))
        self.by_sheet.hide()
        words = _about(laptop) if laptop is not None else ""
        self.about.setText(words)
        self.about.setVisible(bool(words))

    def _on_turn(self) -> None:
        shown = not self.by_sheet.isVisible()
        self.by_sheet.setVisible(shown)
        for name, button in self.sheet_buttons.items():
            self.can[name].setEnabled(shown and not button.isHidden())
        self.field.refuse("")
        if shown:
            self.words.setFocus()

    def _on_again(self) -> None:
        if self.chosen is not None:
            self.desk.do(look_again, self.chosen.device, done=self._on_looked_again)

    def _on_looked_again(self, changes: Changes) -> None:
        words = _("What was left out waits under To decide again.")
        self._on_done(words if changes.change else _("Nothing was left out: all of it was accepted."), changes)

    def _on_submitted(self) -> None:
        for name in _BY_SHEET:
            self.can[name].trigger()  # of the two the one that is offered

    @action("let_in", "Let it in", icon="user-check")
    def let_in(self) -> None:
        """Whoever has it belongs to the department."""
        self._do(let_in, said_let_in("{name}"))

    @action("revoke", "Give it up as lost", icon="ban")
    def revoke(self) -> None:
        """It was lost or stolen."""
        self._do(revoke, _("{name}'s laptop is given up. Sync, so that the others know."))

    @action("restore", "It was found", icon="undo-2")
    def restore(self) -> None:
        """It is not lost after all."""
        self._do(restore, _("{name}'s laptop counts again. Sync, so that it hears."))

    @action("promote", "Make it a coordinator's laptop", icon="user-check")
    def promote(self) -> None:
        """It reads sensitive reports, and lets others in."""
        self._do(
            lambda store, device: appoint(store, device, COORDINATOR),
            _("{name}'s laptop is a coordinator's now. Sync, so that it hears."),
        )

    @action("demote", "Make it a worker's laptop", icon="user")
    def demote(self) -> None:
        """It does so no longer."""
        self._do(
            lambda store, device: appoint(store, device, WORKER),
            _("{name}'s laptop is a worker's now. Sync, so that it hears."),
        )

    @action("revoke_by_sheet", "Give it up as lost", icon="ban")
    def revoke_by_sheet(self) -> None:
        """It was lost or stolen, and only the sheet goes before it: the founder's, for instance."""
        self._do_by_sheet(revoke, _("{name}'s laptop is given up. Sync, so that the others know."))

    @action("restore_by_sheet", "It was found", icon="undo-2")
    def restore_by_sheet(self) -> None:
        """It is not lost after all, and only the sheet goes before it."""
        self._do_by_sheet(restore, _("{name}'s laptop counts again. Sync, so that it hears."))

    def _do_by_sheet(self, verb: Callable[..., Changes], said: str) -> None:
        laptop, words = self.chosen, self.words.text.strip()
        self.field.refuse("" if words else _("Please write the words of the sheet."))
        if laptop is None or not words:
            self.words.setFocus()
            return
        said = said.format(name=laptop.name)
        device = laptop.device
        self.desk.do(verb, device, words, done=lambda _changes: self._on_by_sheet(said), failed=self._on_refused)

    def _on_by_sheet(self, said: str) -> None:
        self.words.write("")
        self.refresh()
        self.desk.messages.done(said)

    def _on_refused(self, sentence: str) -> None:
        self.field.refuse(sentence)
        self.words.setFocus()

    def _do(self, verb: Callable[..., Changes], said: str) -> None:
        laptop = self.chosen
        if laptop is not None:
            self.desk.do(verb, laptop.device, done=partial(self._on_done, said.format(name=laptop.name)))

    def _on_done(self, said: str, changes: Changes) -> None:
        self.refresh()
        undo = partial(self.desk.undo, changes.change, lambda _c: self.refresh()) if changes.change else None
        self.desk.messages.done(said, _("Undo") if undo else "", undo)


def _offered(laptop: Laptop) -> Sequence[str]:
    """What can be done with a laptop at this one."""
    if laptop.asks is not None:
        return ["let_in"] if laptop.below else []
    if not laptop.below:
        by_sheet = "restore_by_sheet" if laptop.lost else "revoke_by_sheet"
        return [by_sheet] if laptop.by_sheet else []
    if laptop.lost:
        return ["restore"]
    return ["revoke", "promote" if laptop.role == WORKER else "demote"]


def _about(laptop: Laptop) -> str:
    """What has to be said of one that nothing, or not everything, can be done with."""
    if laptop.asks is not None and laptop.below:
        return f"{why_in_words(laptop.asks)} {ask_first(laptop.device)}"
    if laptop.asks is not None:
        return _("A coordinator lets it in, at a coordinator's laptop.")
    if laptop.own:
        return _("This is the laptop you sit at.")
    return "" if laptop.below else _("A coordinator who came before this laptop's can change that.")


def _row(laptop: Laptop, alike: bool) -> Row:
    """``alike``: another is called so too, and their codes tell them apart."""
    parts = [
        "" if laptop.asks else _("coordinator") if laptop.role == COORDINATOR else _("worker"),
        _("since {day}", day=when(laptop.added)) if laptop.added else "",
        ""
        if laptop.own
        else _("last received: {day}", day=when(laptop.last))
        if laptop.last
        else _("nothing received yet"),
        count("{n} change waits", "{n} changes wait", laptop.waits) if laptop.waits else "",
        _("code {code}", code=laptop.code) if alike else "",
    ]
    trailing = _("you") if laptop.own else _("waits to be let in") if laptop.asks else ""
    if laptop.lost:
        trailing = _("given up: {day}", day=when(laptop.lost))
    detail = " · ".join(part for part in parts if part)
    waits = bool(laptop.lost or laptop.asks)
    return Row(laptop.device.hex(), laptop.name or "?", "laptop", detail, trailing, waits=waits, hover=laptop.code)
