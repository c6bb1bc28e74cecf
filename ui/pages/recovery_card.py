"""The recovery sheet on screen: printed, proven by its words or its square code, and looked for now and then."""

from pathlib import Path

from outreach_app.journal.changes import Changes
from outreach_app.operations.keys import Recovery, new_sheet, prove_recovery, recovery_sheet
from outreach_app.store.handouts import hand_out
from outreach_app.texts import _, count, say
from ui.actions import action, bind
from ui.desks import Desk
from ui.pages.folders import asked_new_file, show_folder
from ui.printing.printers import asked_printer, print_pdf
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card
from ui.widgets.fields import GrowingText, LabelledField
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Pane, column, flow, row

_SAYS = {
    Recovery.TO_PRINT: (
        "Print the recovery sheet, prove it, and lock it away. When every passphrase is forgotten, "
        "or the laptops are lost, it alone opens what your department wrote."
    ),
    Recovery.TO_PROVE: (
        "It is a while since anybody looked for the recovery sheet. Please see that it lies where it should, "
        "and prove that it is the right one."
    ),
    Recovery.PROVEN: (
        "The sheet was proven. This laptop knows its words no longer: keep the paper locked away, and no file of it."
    ),
    Recovery.ELSEWHERE: "A coordinator keeps the recovery sheet, on paper. It opens this laptop too.",
}
_NOT_HERE = (
    "This laptop does not know the words of the recovery sheet: they are on the paper alone. Look whether it lies "
    "where it should, and prove it here. If nobody has it, a new one has to be made."
)


class RecoveryCard(Card):
    """What is to be done about the sheet, with the buttons for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Recovery sheet"))
        self.desk = desk
        self.can = bind(self, self)
        self.about = Words("", wrap=True)
        self.buttons = Pane(flow(Button.of(self.can["print_sheet"], primary=True), Button.of(self.can["save_sheet"])))
        self.words = GrowingText(least=3, most=6, flows=True)
        self.words.submitted.connect(self.can["prove"].trigger)
        self.field = LabelledField(_("Its 24 words, or its square code scanned"), self.words)
        self.prove_button = Button.of(self.can["prove"])
        self.again = LinkButton(_("Prove it again"), self._on_again)
        self.proof = Pane(column(self.field, row(self.prove_button, 1), space="small"))
        self.other = LinkButton(_("It is lost, or somebody may have copied it"), self._on_other)
        self.present = GrowingText(least=2, most=6, flows=True)
        self.present.submitted.connect(self.can["renew"].trigger)
        self.present_field = LabelledField(
            _("The words of the present sheet, or its square code scanned"), self.present
        )
        self.needs = muted(
            _(
                "Here that takes the words of the present sheet. If nobody has them, the laptop that founded the "
                "department makes the new one."
            )
        )
        self.renewal = Pane(
            column(
                muted(
                    _(
                        "A new sheet takes its place: as the other laptops sync, the earlier one opens them no longer, "
                        "nor what is written from then on. What it could open until now stays open to it."
                    )
                ),
                self.needs,
                self.present_field,
                row(Button.of(self.can["renew"]), 1),
                space="small",
            )
        )
        for piece in (self.about, self.buttons, self.proof):
            self.body.addWidget(piece)
        self.body.addWidget(Pane(flow(self.again, self.other)))
        self.body.addWidget(self.renewal)
        self.show_recovery(Recovery.ELSEWHERE)

    def show_recovery(self, state: Recovery, may_renew: bool = False, coordinator: bool = False) -> None:
        """Show how it stands with the sheet; ``may_renew``: whether a new one may be made here with no words of it,
        ``coordinator``: whether by them."""
        self.state, self._may_renew, self._coordinator = state, may_renew, may_renew or coordinator
        self.other.setVisible(self._coordinator and state is not Recovery.TO_PRINT)
        self.renewal.hide()
        self.needs.setVisible(not may_renew)
        self.present_field.setVisible(not may_renew)
        self.can["renew"].setEnabled(self._coordinator)
        unknown = state is Recovery.ELSEWHERE and self._coordinator
        self.about.setText(say(_NOT_HERE if unknown else _SAYS[state]))
        self.about.show_as("waits" if self.waits else "muted")
        self.buttons.setVisible(state is Recovery.TO_PRINT)
        self.proof.setVisible(self.waits)
        self.again.setVisible(state is Recovery.PROVEN or unknown)
        self.again.say(_("Prove it") if unknown else _("Prove it again"))
        for name in ("print_sheet", "save_sheet"):
            self.can[name].setEnabled(state is Recovery.TO_PRINT)
        self.can["prove"].setEnabled(self.waits)

    @property
    def waits(self) -> bool:
        """Whether something is to be done about it."""
        return self.state in (Recovery.TO_PRINT, Recovery.TO_PROVE)

    @action("print_sheet", "Print the recovery sheet…", shortcut="Alt+P", icon="printer")
    def print_sheet(self) -> None:
        """Print it: the one way that leaves no file behind."""
        self.desk.read(recovery_sheet, self._on_drawn)

    @action("save_sheet", "Save as a PDF…", shortcut="Alt+F", icon="download")
    def save_sheet(self) -> None:
        """Keep it as a file, to be printed elsewhere."""
        file = asked_new_file(self, _("Where should the recovery sheet go?"), _("recovery sheet") + ".pdf", ".pdf")
        if file is not None:
            self.desk.read(lambda store: hand_out(file, recovery_sheet(store)), lambda _none: self._on_saved(file))

    @action("prove", "Prove it", shortcut="Alt+V", icon="check")
    def prove(self) -> None:
        """Compare what was typed or scanned with what the sheet must say."""
        typed = self.words.text.strip()
        self.field.refuse("" if typed else _("Please write the words of the sheet."))
        if typed:
            self.desk.do(prove_recovery, typed, done=self._on_proven, failed=self._on_refused)
        else:
            self.words.setFocus()

    @action("renew", "Make a new recovery sheet", icon="printer")
    def renew(self) -> None:
        """Make another sheet in its place."""
        words = "" if self._may_renew else self.present.text.strip()
        if words or self._may_renew:
            self.desk.do(new_sheet, words=words, done=self._on_renewed, failed=self._on_not_renewed)
        else:
            self._on_not_renewed(_("Please write the words of the sheet."))

    def _on_renewed(self, _changes: Changes) -> None:
        self.present.write("")
        self.present_field.refuse("")
        self.show_recovery(Recovery.TO_PRINT)
        self.desk.messages.waits(
            _("There is a new recovery sheet. Print it, prove it, sync with every folder, and tear up the earlier one.")
        )

    def _on_not_renewed(self, sentence: str) -> None:
        if self._may_renew:
            self.desk.messages.fault(sentence)
        else:
            self.present_field.refuse(sentence)
            self.present.setFocus()

    def _on_other(self) -> None:
        self.renewal.setVisible(not self.renewal.isVisible())

    def _on_drawn(self, pdf: bytes) -> None:
        printer = asked_printer(pdf, self)
        if printer is not None:
            self.desk.aside(lambda tell: print_pdf(pdf, printer, tell), self._on_printed, label=_("Printing"))

    def _on_printed(self, pages: int) -> None:
        self.desk.messages.done(count("{n} page went to the printer.", "{n} pages went to the printer.", pages))
        self.words.setFocus()

    def _on_saved(self, file: Path) -> None:
        self.desk.messages.waits(
            _("Saved as {file}. Whoever has it can open every laptop: print it, then delete it.", file=file.name),
            _("Show the folder"),
            lambda: show_folder(file),
        )
        self.words.setFocus()

    def _on_proven(self, _changes: Changes) -> None:
        self.words.write("")
        self.show_recovery(Recovery.PROVEN, self._may_renew, self._coordinator)
        self.again.setFocus()  # a scanner's second Enter must not come to a link that makes a new sheet
        self.desk.messages.done(_("That is the sheet. Lock it away; Outreach asks for it again in some months."))

    def _on_refused(self, sentence: str) -> None:
        self.field.refuse(sentence)
        self.words.setFocus()

    def _on_again(self) -> None:
        self.show_recovery(Recovery.TO_PROVE, self._may_renew, self._coordinator)
        self.words.setFocus()
