"""Keys: the recovery sheet, the laptops, your passphrase, who works on this one, when it locks itself, its backups."""

from outreach_app.journal.changes import Changes
from outreach_app.operations.keys import WaysIn, idle_minutes, ways_in
from outreach_app.store.stores import Store
from outreach_app.texts import _
from ui.desks import Desk
from ui.pages.backup_card import BackupCard
from ui.pages.base import Page
from ui.pages.key_cards import LockingCard, PassphraseCard, WorkersCard
from ui.pages.laptops_card import LaptopsCard
from ui.pages.recovery_card import RecoveryCard
from ui.widgets.headers import PageHeader
from ui.widgets.layouts import Columns, column

_WIDE, _NARROW = 600, 486  # the shares of the two columns


def state(store: Store) -> tuple[WaysIn, int]:
    """What the page shows: the ways in, and after how many minutes it locks itself."""
    return ways_in(store), idle_minutes(store)


class KeysPage(Page):
    """The recovery sheet first, for it is what waits; what concerns this laptop alone beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.recovery = RecoveryCard(desk)
        self.passphrase, self.workers, self.locking = PassphraseCard(desk), WorkersCard(desk), LockingCard(desk)
        self.backups = BackupCard(desk)
        self.workers.changed.connect(self.refresh)
        self.laptops = LaptopsCard(desk)
        self.can |= self.recovery.can | self.laptops.can | self.backups.can
        left = column(self.recovery, self.laptops, self.passphrase, 1, space="large")
        right = column(self.workers, self.locking, self.backups, 1, space="large")
        about = _("Nobody can open what your department wrote without one of these.")
        self.lay(PageHeader(_("Keys"), about), Columns((left, _WIDE), (right, _NARROW)))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Keys")

    def changed(self, changes: Changes) -> None:
        """Something was saved, or undone: who belongs may be others."""
        del changes
        if self.isVisible():
            self.laptops.refresh()

    def refresh(self) -> None:
        """Read anew who opens it, and how."""
        self.desk.read(state, self._show)
        self.backups.refresh()
        self.laptops.refresh()

    def _show(self, read: tuple[WaysIn, int]) -> None:
        ways, minutes = read
        self.recovery.show_recovery(ways.recovery, ways.makes_sheet, ways.coordinator)
        if self.recovery.waits and self.laptops.link.hasFocus():  # what waits comes first, and a scanner types at once
            self.recovery.words.setFocus()
        self.workers.show_workers(ways.workers, ways.worker)
        self.locking.show_locking(minutes, ways.remembered, len(ways.workers) > 1)
