"""The cards of the page of settings: the logo, the visitor screen's PIN, the file that sets other laptops up alike."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from outreach_app.model.logos import logo_bytes
from outreach_app.model.settings import LOGO
from outreach_app.operations.settings import change_settings, choose_visitor_pin, forget_visitor_pin, logo_from
from outreach_app.operations.settings_files import Taken, save_settings, take_settings
from outreach_app.texts import _
from ui.actions import action, bind
from ui.desks import Desk
from ui.pages.doors import PassphraseField
from ui.pages.folders import asked_files, asked_new_file
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Settling, column, flow, row
from ui.widgets.painting import painter_for

_ENDING = ".settings.json"
_HIGH = 56  # pixels of the logo on the page


class Picture(QWidget):
    """A logo as it is kept, no higher than a line of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: bytes) -> None:
        """Show it; nothing for b""."""
        self._picture = QPixmap()
        self._picture.loadFromData(QByteArray(picture))
        self.setVisible(not self._picture.isNull())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's: its own shape."""
        return self._picture.size().scaled(QSize(_HIGH * 4, _HIGH), Qt.AspectRatioMode.KeepAspectRatio)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's: draw it."""
        painter = painter_for(self)
        painter.drawPixmap(self.rect(), self._picture)
        painter.end()


class LogoPart(Settling):
    """The logo, chosen from a file or taken away; either holds at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.picture = Picture()
        self.picture.setAccessibleName(_("The logo"))
        self.none = muted(_("No logo yet. A PNG or JPEG picture goes onto the sheets."))
        self.choose = Button(_("Choose a picture…"), does=self._on_choose)
        self.away = LinkButton(_("Take it away"), lambda: self._keep(None))
        self.setLayout(
            column(Words(_("Logo"), "label"), self.picture, self.none, row(self.choose, self.away, 1), space="small")
        )

    def show_logo(self, kept: str | None) -> None:
        """Show the one there is."""
        self.picture.show_picture(logo_bytes(kept) if kept else b"")
        self.none.setVisible(not kept)
        self.away.setVisible(bool(kept))

    def _on_choose(self) -> None:
        files = asked_files(self, _("Which picture is the logo?"), (".png", ".jpg", ".jpeg"), _("Pictures"))
        if files:
            self.take(files[0])

    def take(self, file: Path) -> None:
        """Have a file's picture for the logo."""
        self._desk.do(lambda store: change_settings(store, {LOGO: logo_from(file)}))

    def _keep(self, logo: str | None) -> None:
        self._desk.do(change_settings, {LOGO: logo})


class VisitorPinCard(Card):
    """The PIN by which the visitor screen is left. ``changed`` tells that there is one now, or none."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Visitor screen"), space="small")
        self._desk = desk
        self.about = muted("")
        self.pin = PassphraseField(_("PIN, 4 to 8 digits"))
        self.pin.entered.connect(self._on_choose)
        self.button = Button(_("Choose it"), does=self._on_choose)
        self.away = LinkButton(_("Take it away"), self._on_away)
        for piece in (self.about, self.pin):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.button, self.away, 1))

    def show_pin(self, has_pin: bool) -> None:
        """Show whether there is one."""
        there = _("A PIN is chosen on this laptop. Only with it one leaves the visitor screen.")
        none = _("Visitors sign in alone at a screen that only this PIN leads out of. Choose one first.")
        self.about.setText(there if has_pin else none)
        self.away.setVisible(has_pin)

    def _on_choose(self) -> None:
        self._desk.do(choose_visitor_pin, self.pin.text, done=self._on_chosen, failed=self.pin.field.refuse)

    def _on_chosen(self, _none: None) -> None:
        self.pin.line.clear()
        self._desk.messages.done(_("From now on this PIN leads out of the visitor screen."))
        self.changed.emit()

    def _on_away(self) -> None:
        self._desk.do(forget_visitor_pin, done=lambda _none: self.changed.emit())


class AlikeCard(Card):
    """The file of settings: written here, taken in on the next laptop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Other laptops"), space="small")
        self._desk = desk
        self.can = bind(self, self)
        about = muted(_("One file sets up any number of laptops like this one. It holds no passphrase and no PIN."))
        self.body.addWidget(about)
        self.body.addLayout(flow(Button.of(self.can["save_file"]), Button.of(self.can["take_file"])))

    @action("save_file", "Save to a file…", shortcut="Alt+S", icon="download")
    def save_file(self) -> None:
        """Write how all is set up here to a file."""
        target = asked_new_file(self, _("Where should the settings go?"), "outreach" + _ENDING, _ENDING)
        if target is not None:
            self._desk.do(save_settings, target, done=lambda _none: self._desk.messages.done(_("The file is written.")))

    @action("take_file", "Take from a file…", shortcut="Alt+T", icon="upload")
    def take_file(self) -> None:
        """Set this laptop up as a file says."""
        files = asked_files(self, _("Which settings?"), (_ENDING, ".json"), _("Settings"))
        if files:
            self.take(files[0])

    def take(self, file: Path) -> None:
        """Set this laptop up as this file says."""
        self._desk.do(take_settings, file, done=self._on_taken)

    def _on_taken(self, taken: Taken) -> None:
        self._desk.messages.done(taken.in_words())
        self._desk.set_up.emit()
