"""A short tour for who is new: six steps, each of which shows one thing, and which one can leave at any of them."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from outreach_app.help_pages import help_folder
from outreach_app.store.stores import Store
from outreach_app.texts import _, language, say
from ui.actions import action
from ui.desks import Desk
from ui.pages.base import Page
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words
from ui.widgets.layouts import flow

_NEW = 30
"""Who wrote fewer changes on a laptop is new there."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the page that it shows, its name and what it tells (English), a picture of the help's ("" for none)."""

    page: str
    label: str
    hint: str
    picture: str = ""


STEPS = (
    Step(
        "today",
        label="The day begins here",
        hint="Today shows the event that is next. Start opens one screen for all of it: who comes, and what they say.",
        picture="today",
    ),
    Step(
        "events",
        label="A name is enough",
        hint="At the event, write a name and press Enter. It is safe on this laptop at once, with no network.",
    ),
    Step(
        "print",
        label="On paper, too",
        hint="Numbered sheets are printed beforehand and typed in at night. What comes back is known for what it is.",
        picture="print",
    ),
    Step(
        "sync",
        label="Where your work is",
        hint="The line at the foot says what is only on this laptop. Sync brings it to the department.",
    ),
    Step(
        "decide",
        label="What only a person can decide",
        hint="Where two laptops say different things, it waits under To decide. Nothing is settled behind your back.",
    ),
    Step(
        "help",
        label="Finding, and help",
        hint="Ctrl+K finds anybody and anything. F1 shows the keys that work where you are, and leads to the help.",
    ),
)


def is_new_here(store: Store) -> bool:
    """Whether who sits here has neither written much on this laptop nor left the tour."""
    where = store.whereabouts()
    return where.only_here + where.copied + where.received < _NEW and not store.setting(_setting(store))


def leave_tour(store: Store) -> None:
    """Offer the tour no more to who sits here."""
    store.set_setting(_setting(store), True)


def _setting(store: Store) -> str:
    return f"tour {store.worker}"


class TourOffer(Card):
    """What Today shows to who is new: the tour, or not."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("New here?"), space="small")
        self.desk = desk
        self.body.addWidget(Words(_("Six steps show the most of it. You can leave at any of them."), wrap=True))
        self.show_me = Button(_("Show me around"), does=lambda: desk.go("tour"))
        self.no_thanks = Button(_("Not now"), does=self._leave)
        self.body.addLayout(flow(self.show_me, self.no_thanks))
        self.hide()

    def _leave(self) -> None:
        self.hide()
        self.desk.read(leave_tour, lambda _none: None)


class Picture(QLabel):
    """A picture of the help, no wider than there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def show_picture(self, name: str, told: str) -> None:
        """Show one; "" for none."""
        self._whole = QPixmap(str(help_folder(language()) / "pictures" / f"{name}.png")) if name else QPixmap()
        self.setAccessibleName(told if name else "")
        self._fit()

    def resizeEvent(self, _event: object) -> None:
        """Qt's: as large as it may be."""
        self._fit()

    def _fit(self) -> None:
        room = self.size().boundedTo(QSize(self._whole.width(), self._whole.height()))
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth) if self._whole.width() else None
        self.setPixmap(shown or QPixmap())


class TourPage(Page):
    """``desk.go("tour")`` begins at the first step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.at = 0
        self.header = PageHeader(_("A short tour"), " ", Button.of(self.can["leave"], size=ButtonSize.LARGE))
        self.name, self.words = Words("", "heading", wrap=True), Words("", wrap=True)
        self.next_button = Button.of(self.can["next"], primary=True)
        others = [Button.of(self.can[name], size=ButtonSize.LARGE) for name in ("before", "go_there")]
        self.picture = Picture()
        card = Card("", self.name, self.words, flow(self.next_button, *others), (self.picture, 1), space="large")
        self.lay(self.header, (card, 1))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("A short tour")

    def shown(self, **arguments: Any) -> None:
        """It comes into view, at its beginning."""
        del arguments
        self._show(0)
        self.next_button.setFocus()

    @action("next", "Next", shortcut="Alt+N", icon="arrow-right")
    def next(self) -> None:
        """The next step; after the last one the tour is over."""
        if self.at + 1 < len(STEPS):
            self._show(self.at + 1)
        else:
            self.leave()

    @action("before", "One back", shortcut="Alt+B", icon="arrow-left")
    def before(self) -> None:
        """The step before."""
        self._show(max(0, self.at - 1))

    @action("go_there", "Look at it", shortcut="Alt+G", icon="eye")
    def go_there(self) -> None:
        """Go to the page that the step is about; Back leads here again."""
        self.desk.go(STEPS[self.at].page)

    @action("leave", "Leave the tour", shortcut="Esc", icon="x")
    def leave(self) -> None:
        """Leave it, here or at its end; the help offers it again."""
        self.desk.read(leave_tour, lambda _none: None)
        self.desk.go("today")

    def _show(self, at: int) -> None:
        self.at = at
        step = STEPS[at]
        self.header.say(self.title, _("Step {n} of {all}", n=at + 1, all=len(STEPS)))
        self.name.setText(say(step.label))
        self.words.setText(say(step.hint))
        self.picture.show_picture(step.picture, say(step.label))
        self.can["before"].setEnabled(at > 0)
        self.next_button.say(_("Next") if at + 1 < len(STEPS) else _("To Today"))
