"""Sync: leave in a folder what is new here, take in what others left there, and see what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.journal.clock import moment_of
from outreach_app.model.dates import full_moment, short_moment
from outreach_app.operations.admissions import OwnPlace, Waiting, let_in, own_place, waiting, why_in_words
from outreach_app.operations.syncing import SyncAccount, last_exchanges, sync_folder
from outreach_app.store.shipping import LastExchange, State, Whereabouts
from outreach_app.store.stores import Store
from outreach_app.sync.exchanges import reason
from outreach_app.texts import _, count
from ui.actions import action
from ui.desks import Desk
from ui.jobs import Cancelled, Ended, Job, Tell
from ui.pages.base import Page
from ui.pages.folders import asked_folder
from ui.pages.inviting import InvitingCard
from ui.pages.own_place import OwnPlaceCard
from ui.pages.whereabouts import where_rows
from ui.widgets.buttons import Button, ButtonSize, LinkButton
from ui.widgets.cards import Card
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, heading, muted
from ui.widgets.layouts import Columns, Pane, column, row
from ui.widgets.rows import Row, RowList

FOLDER = "sync_folder"
"""The setting that holds the folder synced with last."""

_WIDE, _NARROW = 640, 446  # the shares of the two columns
_WAITS = {"sealed": "lock", "forked": "triangle-alert"}
_QUIET = ("sealed",)  # it is for others, and nobody here need do anything


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
    where, left, coordinator = store.whereabouts(), store.left_segments(), store.role == "coordinator"
    return Shown(folder, exchanges, where, left, coordinator, waiting(store), own_place(store))


def sync(store: Store, folder: Path, tell: Tell) -> Synced:
    """Sync with a folder, and remember it for the next time. Stopped between two files, it keeps what came before."""
    store.set_setting(FOLDER, str(folder))
    try:
        account = sync_folder(store, folder, tell)
    except Cancelled:
        return Synced(None, 0, Changes("sync", None, dict.fromkeys(store.registry, frozenset())))
    return Synced(account, sum(store.decision_counts().values()), account.changes)


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
        said = _("{name}'s laptop is let in. Sync, so that it hears.", name=laptop.name)
        self.desk.do(let_in, laptop.device, done=lambda _changes: self.desk.messages.done(said))

    def _on_failed(self, sentence: str) -> None:
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
        self.folders.show_rows([_folder_row(each, self._today()) for each in read.exchanges])
        self.folders_card.setVisible(bool(read.exchanges))
        self.place_card.show_place(read.place)
        rows = waiting_rows(read.left, read.asking, read.coordinator)
        self.waits.show_rows(rows)
        self.waits_card.setVisible(bool(rows))
        for each in read.asking if read.coordinator else ():
            self.waits.line(each.device.hex()).link_to(_("Let it in"), partial(self._let_in, each))
        self.inviting.setVisible(read.coordinator)
        if self._at_once:
            self._at_once = False
            self.sync_now()

    def _show_outcome(self, words: str, account: Mapping[str, Any]) -> None:
        self.outcome_heading.setText(words)
        self.outcome.show_rows(outcome_rows(account))
        self.adds_up.setText(_accounted(account))
        self.adds_up.setVisible(account["files"] > 0)
        self.outcome_card.show()


def outcome_rows(account: Mapping[str, Any]) -> list[Row]:
    """What an exchange did, a line each: what went, what came, what waits, and every file set aside with its reason."""
    lines = [
        ("sent", _("Left there for the others"), "upload", account["sent_changes"]),
        ("received", _("Taken in from the others"), "download", account["received"]),
        ("carried", _("Carried on for other laptops"), "usb", account["carried_segments"]),
        ("waiting", _("Kept here, and waits"), "clock", account["waiting"]),
        ("clashing", _("Two different ones under one number; both are kept"), "triangle-alert", account["clashing"]),
    ]
    rows = [
        Row(key, words, icon, trailing=f"{number:,}", strong=True, waits=number > 0 and key in ("waiting", "clashing"))
        for key, words, icon, number in lines
        if number or key in ("sent", "received")
    ]
    for at, each in enumerate(account["set_aside"]):
        trailing = _("waits") if each["waits"] else _("set aside")
        name = Path(each["name"]).name
        rows.append(Row(f"aside-{at}", name, "file-warning", each["reason"], trailing, waits=True, hover=each["name"]))
    if account["not_sent"]:
        rows.append(Row("not_sent", _("The rest could not be left there"), "triangle-alert", account["not_sent"]))
    return rows


def waiting_rows(left: Mapping[str, int], asking: Sequence[Waiting] = (), coordinator: bool = False) -> list[Row]:
    """The laptops that wait to be let in, and the files that are kept here and not taken in yet, a line for each
    reason. They are carried on all the same."""
    ask = _("Its code is {code}. Ask whoever has it, before you let it in.")
    waits = [
        Row(
            each.device.hex(),
            _("{name}'s laptop waits to be let in", name=each.name),
            "laptop",
            f"{why_in_words(each)} {ask.format(code=each.device.hex()[:8]) if coordinator else ''}".strip(),
            waits=True,
        )
        for each in asking
    ]
    return waits + [
        Row(why, reason(State(why)), _WAITS.get(why, "clock"), trailing=f"{number:,}", waits=why not in _QUIET)
        for why, number in sorted(left.items())
    ]


def _accounted(account: Mapping[str, Any]) -> str:
    """That every file there is accounted for, in figures; or that it is not."""
    if not account["adds_up"]:
        return _("These figures do not add up. Please sync once more, and tell whoever looks after the program.")
    files = count("{n} file there", "{n} files there", account["files"])
    parts = [
        count("{n} known from before", "{n} known from before", account["unchanged"]),
        count("{n} read", "{n} read", account["read"]),
        count("{n} mended", "{n} mended", account["mended"]) if account["mended"] else "",
        count("{n} set aside", "{n} set aside", len(account["set_aside"])),
    ]
    return _("{files}: {parts}.", files=files, parts=", ".join(part for part in parts if part))


def _folder_row(exchange: LastExchange, today: date) -> Row:
    when, account = moment_of(exchange.at), exchange.account
    parts = [
        count("{n} left", "{n} left", account["sent_changes"]),
        count("{n} taken in", "{n} taken in", account["received"]),
        count("{n} set aside", "{n} set aside", len(account["set_aside"])) if account["set_aside"] else "",
        count("{n} still to leave there", "{n} still to leave there", exchange.to_leave) if exchange.to_leave else "",
    ]
    return Row(
        exchange.carrier,
        Path(exchange.place).name or exchange.place,
        "folder-open",
        " · ".join(part for part in parts if part),
        short_moment(when, today),
        waits=bool(account["set_aside"] or account["not_sent"] or exchange.to_leave),
        hover=f"{exchange.place}, {full_moment(when)}",
    )
