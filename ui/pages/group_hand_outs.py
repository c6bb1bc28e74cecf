"""The hand-out of the groups that fit: seen as it will be on paper, printed, or kept as a PDF."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox

from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.group_sheets import GroupSheetChoices, group_sheet
from outreach_app.paper.sheets import PAPERS
from outreach_app.store.handouts import hand_out
from outreach_app.texts import _, count, language
from ui.desks import Desk
from ui.pages.folders import asked_new_file, show_folder
from ui.printing.previews import PaperPreview
from ui.printing.printers import asked_printer, print_pdf
from ui.widgets.buttons import Button, ButtonSize
from ui.widgets.cards import Card
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.fields import LabelledField
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Settling, column, flow

_NARROW, _WIDE = 400, 690  # the shares of the two columns


class GroupHandOut(Settling):
    """``show_groups(ids, interests, county)``: choices at the left, the paper at the right."""

    def __init__(self, desk: Desk, can: Mapping[str, QAction]) -> None:
        super().__init__()
        self.desk, self._can = desk, can
        self._groups: tuple[str, ...] = ()
        self._for: tuple[tuple[str, ...], str] = ((), "")
        self._pdf = b""
        self._asked = 0
        said = vocabulary("sheet_languages")
        self.language = ChipRow(
            [Choice(code, said.label(code)) for code in said.codes], name=_("Language"), required=True
        )
        self.language.choose([language()])
        self.paper = ChipRow(
            [Choice(name, vocabulary("paper_sizes").label(name)) for name in PAPERS], name=_("Paper"), required=True
        )
        self.paper.choose(PAPERS[:1])
        self.large = QCheckBox(_("Large print"))
        self.large.toggled.connect(lambda _on: self._draw())
        for chips in (self.language, self.paper):
            chips.changed.connect(lambda _chosen: self._draw())
        self.about = Words("", wrap=True)
        hint = muted(_("These are the groups that the directory shows now: choose an interest or a county there."))
        buttons = flow(Button.of(can["print_out"], primary=True), Button.of(can["save_pdf"], size=ButtonSize.LARGE))
        self.preview = PaperPreview(name=_("The hand-out as it will be on paper"))
        self.fault = Words("", "waits", wrap=True)
        choices = Card(
            "",
            self.about,
            hint,
            LabelledField(_("Language"), self.language),
            LabelledField(_("Paper"), self.paper),
            self.large,
            buttons,
        )
        shown = Card("", self.fault, (self.preview, 1))
        self.setLayout(column((Columns((column(choices, 1), _NARROW), (shown, _WIDE)), 1)))
        self.setFocusProxy(self.language)

    def show_groups(self, groups: Sequence[str], interests: tuple[str, ...], county: str) -> None:
        """Show the hand-out of these groups."""
        self._groups, self._for = tuple(groups), (interests, county)
        self.about.setText(count("{n} group that fits", "{n} groups that fit", len(groups)))
        self._draw()

    def print_out(self) -> None:
        """Ask where and how with the system's own dialog, then print."""
        pdf = self._pdf
        printer = asked_printer(pdf, self) if pdf else None
        if printer is not None:
            self.desk.aside(lambda tell: print_pdf(pdf, printer, tell), self._on_printed, label=_("Printing"))

    def save_pdf(self) -> None:
        """Keep it as a file."""
        pdf = self._pdf
        file = (
            asked_new_file(self, _("Keep the hand-out as a PDF"), f"{_('groups to join')}.pdf", ".pdf") if pdf else None
        )
        if file is not None:
            self.desk.aside(lambda _tell: hand_out(file, pdf), lambda _none: self._on_saved(file))

    def _draw(self) -> None:
        """Have it drawn, on the store's thread; an answer that comes late is dropped."""
        self._asked += 1
        asked, groups = self._asked, self._groups
        interests, county = self._for
        choices = GroupSheetChoices(
            tuple((self.language.one or "en").split("+")),
            self.large.isChecked(),
            self.paper.one or PAPERS[0],
            interests,
            county,
        )
        self.desk.read(
            lambda store: group_sheet(store, groups, choices),
            lambda pdf: self._show(pdf, "") if asked == self._asked else None,
            lambda fault: self._show(b"", fault) if asked == self._asked else None,
        )

    def _show(self, pdf: bytes, fault: str) -> None:
        self._pdf = pdf
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.preview.setVisible(bool(pdf))
        for name in ("print_out", "save_pdf"):
            self._can[name].setEnabled(bool(pdf))
        if pdf:
            self.preview.show_pdf(pdf)

    def _on_printed(self, pages: int) -> None:
        self.desk.messages.done(count("{n} page went to the printer.", "{n} pages went to the printer.", pages))

    def _on_saved(self, file: Path) -> None:
        self.desk.messages.done(_("Saved as {file}.", file=file.name), _("Show the folder"), lambda: show_folder(file))
