"""The card of backups: when the last one was made, where they are kept, one more at once, and going back to one."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.operations.backups import Backup, Keeping, keep_in, keeping
from outreach_app.operations.going_back import Earlier, earlier_of
from outreach_app.texts import _, count
from ui.actions import action, bind
from ui.desks import Desk
from ui.pages.folders import asked_folder
from ui.pages.going_back import EarlierList, takes_the_place
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, flow, row


class BackupCard(Card):
    """One is made by itself each day; this says whether it was, and where."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(_("Backups"), space="small")
        self.desk, self._today = desk, today
        self._busy = self._all = False
        self._found: Sequence[Earlier] = ()
        self.can = bind(self, self)
        self.last = Words("", wrap=True)
        self.where = muted()
        self.own = LinkButton(_("Keep them on this laptop again"), self._on_own)
        self.fault = Words("", "fault", wrap=True)
        self.rows = EarlierList(today)
        self.rows.opened.connect(lambda _key: self._show_doing())
        self.more = LinkButton("", self._on_more)
        self.about = muted(takes_the_place())
        self.doing = Pane(column(self.about, row(Button.of(self.can["go_back"]), 1), space="small"))
        for piece in (self.last, self.where, self.fault):
            self.body.addWidget(piece)
        self.body.addLayout(flow(Button.of(self.can["back_up"]), Button.of(self.can["choose_place"])))
        self.body.addLayout(row(self.own, 1))
        self.body.addWidget(self.rows)
        self.body.addLayout(row(self.more, 1))
        self.body.addWidget(self.doing)
        self.fault.hide()
        self.own.hide()
        self.more.hide()
        self._show_doing()

    def refresh(self) -> None:
        """Look anew, off the window's thread: a share may take its time to answer."""
        self.desk.read(keeping, self._on_known)

    def _on_known(self, kept: Keeping) -> None:
        self.desk.aside(
            lambda _tell: (kept.away, kept.newest), lambda looked: self.show_backups(kept, looked[0], looked[1])
        )
        self.desk.aside(lambda _tell: earlier_of(kept.source), self.show_earlier)

    def show_earlier(self, found: Sequence[Earlier]) -> None:
        """Show what one can go back to: backups wherever they went, and stores that were kept."""
        self._found = found
        left = self.rows.show_earlier(found, self._all)
        self.more.say(count("Show {n} earlier one", "Show {n} earlier ones", left))
        self.more.setVisible(left > 0)
        self.rows.setVisible(bool(found))
        self._show_doing()

    def _on_more(self) -> None:
        self._all = True
        self.show_earlier(self._found)

    def _show_doing(self) -> None:
        self.doing.setVisible(self.rows.chosen is not None)
        self.can["go_back"].setEnabled(self.rows.chosen is not None)

    @action("go_back", "Go back to this one", icon="undo-2")
    def go_back(self) -> None:
        """Close the window, and put the chosen one in the place of the store, which is kept."""
        if self.rows.chosen is not None:
            self.desk.going_back.emit(self.rows.chosen)

    def show_backups(self, kept: Keeping, away: bool, newest: int | None) -> None:
        """Show when the newest was made (microseconds since 1970 UTC), and where they are kept; ``away``: not now."""
        if away:
            self.last.setText(_("Where they are kept is not there now, so none can be made or looked at."))
        elif newest is None:
            self.last.setText(_("There is none yet. One is made by itself each day, while Outreach is open."))
        else:
            when = moment_of(newest)
            self.last.setText(_("The last one: {when}. It was opened and checked.", when=self._said(when)))
            self.last.setToolTip(full_moment(when))
        if kept.own:
            self.where.setText(
                _("They are kept on this laptop. On a stick they would outlive it, and nobody could read them there.")
            )
        else:
            self.where.setText(_("They are kept in {folder}.", folder=kept.place))
        self.own.setVisible(not kept.own)

    def _said(self, when: str) -> str:
        return short_moment(when, self._today())

    @action("back_up", "Back up now", shortcut="Alt+B", icon="download")
    def back_up(self) -> None:
        """Make a backup at once, opened and checked."""
        if not self._busy:
            self._busy = True
            self._say("")
            self.desk.read(keeping, self._on_asked, self._on_failed)

    def _on_asked(self, kept: Keeping) -> None:
        self.desk.aside(kept.make, self._on_made, self._on_failed, label=_("Backing up"))

    def _on_made(self, made: Backup) -> None:
        self._busy = False
        self.desk.messages.done(_("Backed up to {file}, opened and checked.", file=made.file.name))
        self.refresh()

    def _on_failed(self, sentence: str) -> None:
        self._busy = False
        self._say(sentence)
        self.refresh()

    @action("choose_place", "Choose where…", shortcut="Alt+E", icon="folder-open")
    def choose_place(self) -> None:
        """Choose a stick or another disk for them, and make one there at once."""
        folder = asked_folder(self, _("Choose where backups are kept"))
        if folder is not None:
            self._keep_in(folder)

    def _on_own(self) -> None:
        self._keep_in(None)

    def _keep_in(self, folder: Path | None) -> None:
        self._say("")
        self.desk.do(keep_in, folder, done=lambda _none: self.back_up(), failed=self._say)

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
