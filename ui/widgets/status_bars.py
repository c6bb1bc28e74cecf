"""The foot of the window: where the work is, when it was last saved, and three keys that work everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from outreach_app.texts import _
from ui.actions import keys_of
from ui.look.looks import look
from ui.widgets.announcements import announce
from ui.widgets.cards import Icon
from ui.widgets.labels import KeyCap, Words
from ui.widgets.layouts import row


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the work is, counted in changes: the three states of 4-sync.md."""

    only_here: int = 0
    copied: int = 0
    received: int = 0
    alone: bool = False  # nobody can confirm what is copied


class StatusBar(QFrame):
    """``show_standing(Standing(79, 312, 4106))``, ``show_saved("10:42:07")``; the keys come from ``actions``, each with
    the word to show beside it."""

    def __init__(self, actions: Sequence[tuple[QAction, str]] = ()) -> None:
        super().__init__()
        self.setProperty("ground", "foot")
        self.setAccessibleName(_("Where your work is"))
        self.only_here, self.only_here_words = Words("0", "label"), Words(_("only on this laptop"), "muted")
        self.copied, self.received, self.saved = Words("", "muted"), Words("", "muted"), Words("", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 4, 24, 4)
        line.setSpacing(22)
        line.addLayout(row(Icon("laptop", "muted", "icon_small"), self.only_here, self.only_here_words))
        line.addWidget(self.copied)
        line.addWidget(self.received)
        line.addStretch(1)
        line.addWidget(self.saved)
        self._keys: list[QWidget] = []
        for action, word in actions:
            both = QWidget()
            both.setLayout(row(KeyCap(action), Words(word, "muted"), space="hair"))
            both.setAccessibleName(f"{word}, {keys_of(action)}")
            line.addWidget(both)
            self._keys.append(both)
        line.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_standing(Standing())

    def show_standing(self, standing: Standing) -> None:
        """Show the three figures; words that would stand for nothing are left out."""
        self.only_here.setText(f"{standing.only_here:,}")
        copied, received = f"{standing.copied:,}", f"{standing.received:,}"
        alone = standing.alone
        self.copied.setText(_("{n} copied", n=copied) if alone else _("{n} copied, not yet confirmed", n=copied))
        self.received.setText("" if alone else _("{n} received by the department", n=received))
        only_here = f"{self.only_here.text()} {self.only_here_words.text()}"
        said = [each for each in (only_here, self.copied.text(), self.received.text()) if each]
        self.setToolTip("\n".join(said))
        self.setAccessibleDescription(", ".join(said))
        self._fit()

    def show_saved(self, time: str) -> None:
        """Show when the last save was."""
        self.saved.setText(_("Saved {time}", time=time))
        announce(self, self.saved.text())
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Qt's: as high as its words, and never lower than a bar is."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), look().size("status")))

    def sizeHint(self) -> QSize:
        """Qt's: the same."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: what there is room for may be another."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room, the keys between the first and the last go first, then the time, then the figures
        at rest, which a tooltip, Today and Sync tell too. To undo, and to find help, stay as long as there is room."""
        room = self.width() - 48
        first, last, between = self._keys[:1], self._keys[1:][-1:], self._keys[1:-1]
        parts: tuple[QWidget, ...] = (*first, *last, self.received, self.copied, self.saved, *between)
        fixed = self.only_here.sizeHint().width() + self.only_here_words.sizeHint().width() + 60
        wide = [part.sizeHint().width() + 12 for part in parts]
        total = fixed + sum(wide)
        for part, width in zip(reversed(parts), reversed(wide), strict=True):
            shown = total <= room
            part.setVisible(shown)
            if not shown:
                total -= width
