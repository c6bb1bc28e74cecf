"""One piece of feedback and its text for sharing: what was said, what is to leave of it, what it tells, to whom."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QAction, QTextCursor

from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.releases import RELEASED_TO, TEXT
from outreach_app.operations.sharing import Piece
from outreach_app.operations.telltales import DAY, EMAIL, NAME, ORGANIZATION, PHONE, PLACE, WEBSITE, Telltale
from outreach_app.texts import _, say
from ui.desks import Desk
from ui.pages.known_fields import KnownField
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Line
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.fields import GrowingText, LabelledField
from ui.widgets.labels import Words, heading, muted
from ui.widgets.layouts import Pane, column, flow

_TOLD = {
    NAME: "a name",
    PHONE: "a phone",
    EMAIL: "an e-mail",
    WEBSITE: "a website",
    DAY: "a day or time",
    PLACE: "a place",
    ORGANIZATION: "an organization",
}
_GETS = {
    "yes": "The speaker said yes: once released, anybody may read it, and the partners chosen are given it.",
    "no": "The speaker said no to sharing the words. They stay here.",
    "not_asked": "The speaker was not asked: only the partners chosen are given it.",
}
_KEYED = range(4, 10)  # Alt+4 to Alt+9 choose a partner


class TextEditor(Pane):
    """The piece in hand. ``partners`` is who is chosen to be given it, ``touched`` whether the text was changed."""

    def __init__(self, desk: Desk, can: Mapping[str, QAction]) -> None:
        self.piece: Piece | None = None
        self._clean = ""
        self._offered: dict[str, str] = {}
        self.verbatim = Words("", wrap=True)
        self.about = muted("")
        self.text = GrowingText(least=3, most=10)
        self.field = LabelledField(
            _("Text for sharing"), self.text, hint=_("— without what tells who said it, or where")
        )
        self.tells = Words("", "waits", wrap=True)
        self.clear = muted(
            _("Nothing in it is known here to tell who or where. Please read it once more all the same.")
        )
        self.gets = muted("")
        self.chosen = ChipRow(name=_("Partners who are given it"), many=True)
        self.another = KnownField(desk, "organizations", placeholder=_("Another partner: type to find"))
        self.another.field.setAccessibleName(_("Another partner"))
        self.another.taken.connect(lambda line: self._add(line.key, line.text))
        release = Button.of(can["release"], primary=True, size=ButtonSize.SMALL)
        self.take_back = Button.of(can["take_back"])
        buttons = [release, Button.of(can["save"]), self.take_back, Button.of(can["begin"]), Button.of(can["details"])]
        self.given = Pane(
            column(Words(_("Partners who are given it"), "label"), self.chosen, self.another, space="small")
        )
        super().__init__(
            column(
                heading(_("In their words")),
                self.verbatim,
                self.about,
                Line(),
                self.field,
                self.tells,
                self.clear,
                flow(*buttons),
                self.gets,
                self.given,
                1,
                space="medium",
            )
        )

    @property
    def touched(self) -> bool:
        """Whether the text is another than was shown."""
        return self.piece is not None and self.text.text.strip() != self._clean

    @property
    def partners(self) -> Sequence[str]:
        """The partners chosen."""
        return self.chosen.chosen

    def show_nothing(self) -> None:
        """No piece is in hand."""
        self.piece = None
        with QSignalBlocker(self.text):
            self.text.write("")

    def show_piece(self, piece: Piece) -> None:
        """Have this one in hand, as it stands."""
        self._clean = str(piece.view.values[TEXT] or "")
        with QSignalBlocker(self.text):
            self.text.write(self._clean)
        self._offered = {}
        self.another.clear()
        self.show_telltales(())
        self.meet(piece)

    def meet(self, piece: Piece) -> None:
        """It stands otherwise now; what somebody is writing stays."""
        self.piece, values = piece, piece.view.values
        self.verbatim.setText(str(values["verbatim"]))
        answer = str(values["may_share"] or "not_asked")
        language = vocabulary("languages").label(values["language"]) if values["language"] else ""
        translated = _("In translation: {words}", words=values["translation"]) if values["translation"] else ""
        self.about.setText("\n".join(part for part in (language, translated) if part))
        self.about.setVisible(bool(self.about.text()))
        self.gets.setText(say(_GETS[answer]))
        self.given.setVisible(answer != "no")
        stands = str(values[TEXT] or "")
        if not self.touched or stands == self.text.text.strip():
            with QSignalBlocker(self.text):
                self.text.write(stands)
        self._clean = stands
        chosen = [*self.chosen.chosen] if self._offered else piece.view.elements(RELEASED_TO)
        self._offer({**dict(piece.partners), **self._offered}, chosen)

    def saved(self, text: str) -> None:
        """This text has been saved; what was typed since has not."""
        self._clean = text.strip()

    def begin_with_words(self) -> None:
        """Have what was said (its translation, if there is one) in the text, to be made unknowable."""
        if self.piece is not None:
            values = self.piece.view.values
            self.text.write(str(values["translation"] or values["verbatim"]))
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            self.text.setFocus()

    def show_telltales(self, found: Sequence[Telltale]) -> None:
        """Name what still tells who or where; it hinders nothing."""
        each = [_("{what} (“{words}”)", what=say(_TOLD[one.what]), words=one.words) for one in found]
        self.tells.setText(_("It still tells: {words}.", words=", ".join(each)) if each else "")
        self.tells.setVisible(bool(each))
        self.clear.setVisible(not each and bool(self.text.text.strip()))

    def _add(self, partner: str, name: str) -> None:
        self._offer({**self._offered, partner: name}, [*self.chosen.chosen, partner])
        self.another.clear()

    def _offer(self, partners: Mapping[str, str], chosen: Sequence[str]) -> None:
        self._offered = dict(partners)
        keys = [f"Alt+{digit}" for digit in _KEYED]
        self.chosen.offer(
            [
                Choice(partner, name, "building-2", keys[at] if at < len(keys) else "")
                for at, (partner, name) in enumerate(partners.items())
            ]
        )
        self.chosen.choose(chosen)
        self.chosen.setVisible(bool(partners))
