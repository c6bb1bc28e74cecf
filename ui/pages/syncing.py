"""Sync: leave in a folder what is new here, take in what others left there, and see what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import moment_of, short_moment
from outreach_app.operations.admissions import OwnPlace, Waiting, let_in, lets_in, own_place, said_let_in, waiting
from outreach_app.operations.duplicates import how_many_wait
from outreach_app.operations.sync_words import accounted
from outreach_app.operations.syncing import (
    FOLDER,
    Forgotten,
    SyncAccount,
    forget_folder,
    last_exchanges,
    remember_folder,
    sync_folder,
    worked,
)
from outreach_app.store.shipping import LastExchange, Whereabouts
from outreach_app.store.stores import Store
from outreach_app.texts import _, count
from ui.actions import action
from ui.desks import Desk
from ui.jobs import Cancelled, Ended, Job, Tell
from ui.pages.base import Page
from ui.pages.folders import asked_folder
from ui.pages.inviting import InvitingCard
from ui.pages.own_place import OwnPlaceCard
from ui.pages.sync_rows import folder_row, outcome_rows, waiting_rows
from ui.pages.whereabouts import where_rows
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, heading, muted
from ui.widgets.layouts import Columns, Pane, column, row
from ui.widgets.rows import RowList

_WIDE, _NARROW = 640, 446  # the shares of the two columns


@dataclass(frozen=True, slots=True)
class Shown:
    """What Sync shows."""

    folder: str
    exchanges: Sequence[LastExchange]
    whereabouts: Whereabouts
    left: Mapping[str, int]  # segments kept and not taken in yet, by why
    coordinator: bool
    asking: Sequence[Waiting]  # laptops that a coordinator has to let in
    place: OwnPlace


@dataclass(frozen=True, slots=True)
class Synced:
    """A sync that is over: its account (None where it was stopped), what waits for a person, what it touched."""

    account: SyncAccount | None
    decisions: int
    changes: Changes


def shown(store: Store) -> Shown:
    """Read what Sync shows."""
    exchanges = last_exchanges(store)
    folder = store.setting(FOLDER, "") or (exchanges[0].place if exchanges else "")
    where, left, coordinator = store.whereabouts(), store.left_segments(), lets_in(store)
    return Shown(folder, exchanges, where, left, coordinator, waiting(store), own_place(store))


def sync(store: Store, folder: Path, tell: Tell) -> Synced:
    """Sync with a folder, and remember it for the next time. Stopped between two files, it keeps what came before."""
    try:
        account = sync_folder(store, folder, tell)
    except Cancelled:
        return Synced(None, 0, Changes("sync", None, dict.fromkeys(store.registry, frozenset())))
    if worked(account.exchange):
        store.set_setting(FOLDER, str(folder))
    return Synced(account, how_many_wait(store), account.changes)


class SyncPage(Page):
    """The folder and the button first; then what came of it, folder by folder; where the work is, beside it."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._exchanges: dict[str, LastExchange] = {}
        self._at_once = False
        self._job: Job[Synced] | None = None
        desk.jobs.ended.connect(self._on_ended)
        self.folder = LineEdit(placeholder=_("A USB stick, a shared drive"))
        self.folder.returnPressed.connect(self.sync_now)
        choose = Button.of(self.can["choose"], size=ButtonSize.LARGE)
        self.field = LabelledField(_("Folder"), Pane(row((self.folder, 1), choose)), buddy=self.folder)
        self.button = Button.of(self.can["sync_now"], primary=True)
        self.works = muted(_("No network is needed. What is left there is sealed: only this department can open it."))
        self.decide = LinkButton("", lambda: desk.go("decide"))
        self.outcome = RowList(name=_("What came of it"))
        self.adds_up = Words("", "muted", wrap=True)
        self.outcome_card = Card("", self.outcome, self.adds_up, row(self.decide, 1), space="small")
        self.outcome_heading = heading("")
        self.outcome_card.body.insertWidget(0, self.outcome_heading)
        self.folders = RowList(name=_("Folders so far"), choosing=True)
        self.folders.opened.connect(self._on_opened)
        self.folders_card = Card(_("Folders so far"), self.folders, space="small")
        self.where = RowList(name=_("Where your work is"))
        self.waits = RowList(name=_("What waits here"))
        self.waits_card = Card(_("What waits here"), self.waits, space="small")
        self.inviting = InvitingCard(desk)
        go = Card("", self.field, row(self.button, (self.works, 1), space="medium"))
        left = column(go, self.outcome_card, self.folders_card, 1, space="large")
        where = Card(_("Where your work is"), self.where, space="small")
        right = column(where, self.waits_card, self.inviting, 1, space="large")
        about = _("Through a folder that the others' laptops see too, now or later.")
        self.place_card = OwnPlaceCard()
        self.lay(PageHeader(_("Sync"), about), self.place_card, (Columns((left, _WIDE), (right, _NARROW)), 1))
        for piece in (self.outcome_card, self.folders_card, self.waits_card, self.inviting):
            piece.hide()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Sync")

    def shown(self, **arguments: Any) -> None:
        """It comes into view; ``now`` syncs at once, where a folder is known."""
        self._at_once = bool(arguments.get("now"))
        self.refresh()
        (self.button if self.folder.text() else self.folder).setFocus()

    def changed(self, changes: Changes) -> None:
        """Something was saved: where the work is has changed."""
        del changes
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read anew where everything is."""
        self.desk.read(shown, self._show)

    @action("choose", "Choose…", shortcut="Alt+C", icon="folder-open")
    def choose(self) -> None:
        """Choose the folder with the system's dialog."""
        folder = asked_folder(self, _("Choose the folder to sync with"), self.folder.text())
        if folder is not None:
            self._use(str(folder))
            self.button.setFocus()

    @action("sync_now", "Sync now", shortcut="Alt+S", icon="arrow-right-left")
    def sync_now(self) -> None:
        """Sync with the folder written there."""
        written = self.folder.text().strip()
        if not written:
            self.field.refuse(_("Please choose a folder first."))
            self.folder.setFocus()
            return
        if self._job is not None:
            return
        self.field.refuse("")
        self._job = self.desk.work(
            lambda store, tell: sync(store, Path(written).absolute(), tell),
            self._on_synced,
            self._on_failed,
            label=_("Syncing"),
        )

    def _on_ended(self, ended: Ended) -> None:
        if ended.job is self._job:
            self._job = None

    def _on_synced(self, done: Synced) -> None:
        if done.account is None:
            self.desk.messages.done(_("Stopped. What has come in stays; sync again for the rest."))
            return
        account = done.account.to_json()
        self._show_outcome(_("What came of it"), account)
        self.decide.say(count("{n} thing to decide", "{n} things to decide", done.decisions))
        self.decide.setVisible(done.decisions > 0)
        if account["not_sent"]:
            self.desk.messages.fault(account["not_sent"])
        else:
            self.desk.messages.done(_("Synced."))

    def _let_in(self, laptop: Waiting) -> None:
        said = said_let_in(laptop.name)
        self.desk.do(let_in, laptop.device, done=lambda _changes: self.desk.messages.done(said))

    def _on_failed(self, sentence: str) -> None:
        """Nothing came of it: what came of the last one, and what was said of it, stands there no longer."""
        self.outcome_card.hide()
        self.desk.messages.fault(sentence)
        self.field.refuse(sentence)
        self.refresh()

    def _on_opened(self, carrier: str) -> None:
        """A folder of before: use it, and show what came of the last time."""
        exchange = self._exchanges[carrier]
        self._use(exchange.place)
        when = short_moment(moment_of(exchange.at), self._today())
        self._show_outcome(_("The last time, {when}", when=when), exchange.account)
        self.decide.hide()
        self.button.setFocus()

    def _forget(self, exchange: LastExchange) -> None:
        """Remember a folder no longer."""
        self.desk.do(forget_folder, exchange, done=self._on_forgotten)

    def _on_forgotten(self, forgotten: Forgotten) -> None:
        place = forgotten.exchange.place
        if self.folder.text() == place:
            self.folder.clear()
        self.refresh()
        said = _("{folder} is forgotten. What is only there counts as only on this laptop.", folder=Path(place).name)
        again = partial(self.desk.do, remember_folder, forgotten, done=lambda _none: self.refresh())
        self.desk.messages.done(said, _("Undo"), again)

    def _use(self, folder: str) -> None:
        self.folder.setText(folder)
        self.field.refuse("")

    def _show(self, read: Shown) -> None:
        if not self.folder.text() and read.folder:
            self._use(read.folder)
            self.button.setFocus()
        where = read.whereabouts
        self.where.show_rows(where_rows(where))
        self._exchanges = {each.carrier: each for each in read.exchanges}
        self.folders.show_rows([folder_row(each, self._today()) for each in read.exchanges])
        for each in read.exchanges:
            self.folders.line(each.carrier).link_to(_("Forget"), partial(self._forget, each))
        self.folders_card.setVisible(bool(read.exchanges))
        self.place_card.show_place(read.place)
        rows = waiting_rows(read.left, read.asking, read.coordinator)
        self.waits.show_rows(rows)
        self.waits_card.setVisible(bool(rows))
        for asks in read.asking if read.coordinator else ():
            self.waits.line(asks.device.hex()).link_to(_("Let it in"), partial(self._let_in, asks))
        self.inviting.setVisible(read.coordinator)
        if self._at_once:
            self._at_once = False
            self.sync_now()

    def _show_outcome(self, words: str, account: Mapping[str, Any]) -> None:
        self.outcome_heading.setText(words)
        self.outcome.show_rows(outcome_rows(account))
        self.adds_up.setText(accounted(account))
        self.adds_up.setVisible(account["files"] > 0)
        self.outcome_card.show()
