"""Print: an event's numbered sign-in sheets, seen before they are made, printed, kept as PDF, and printed again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from outreach_app.model.codes import spaced
from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.operations.printing import MadeSheet, make_sheet, preview_sheet, reprint_sheet
from outreach_app.paper.sheets import RenderedSheet
from outreach_app.store.handouts import hand_out
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, count
from ui.actions import action
from ui.desks import Desk
from ui.look.looks import look
from ui.pages.base import Page
from ui.pages.folders import asked_new_file, show_folder
from ui.pages.sheet_choices import SheetForm
from ui.printing.previews import PaperPreview
from ui.printing.printers import asked_printer, print_pdf
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, Scroll
from ui.widgets.chips import Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, column, flow, row
from ui.widgets.rows import Row, RowList

_NARROW, _WIDE = 400, 690  # the shares of the two columns
_PAUSE = 200  # milliseconds without a change before the preview is drawn anew
_NEAR = 50  # events looked through for the one that is next


@dataclass(frozen=True, slots=True)
class Sheets:
    """An event, the sheets made for it (latest first), and how many are expected there."""

    event: View | None
    made: Sequence[View]
    expected: int


def sheets_of(store: Store, event: str, today: date) -> Sheets:
    """The sheets of an event; of the next one, where none is named."""
    found = store.get("events", event) if event else _next_event(store, today)
    if found is None:
        return Sheets(None, (), 0)
    expected = store.count("sign_ins", {"event": found.id, "status": "expected"})
    return Sheets(found, store.list("sheets", {"event": found.id}, order="-made_at"), expected)


def _next_event(store: Store, today: date) -> View | None:
    """The first event that is not over; else the latest that was."""
    latest = store.list("events", order="-starts", limit=_NEAR)
    coming = [view for view in latest if (view.values["starts"] or "")[:10] >= today.isoformat()]
    return coming[-1] if coming else next(iter(latest), None)


class PrintPage(Page):
    """At the left what the sheet is to be, and those made before; at the right the sheet as it will be on paper."""

    kinds = frozenset({"events", "sheets", "sign_ins"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._event, self._sheet = "", ""  # what is looked at; no sheet: one that is not made yet
        self._pdf, self._asked = b"", 0
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self.form = SheetForm(desk)
        self.form.changed.connect(self._on_changed)
        self.make_button = Button.of(self.can["make"], primary=True)
        self.made = RowList(name=_("Made for this event"), choosing=True)
        self.made.opened.connect(self._on_opened)
        self.none_made = muted(_("None yet. Each sheet that is made can be printed again from here."))
        kept = Scroll(Pane(column(self.none_made, self.made, 1)))
        kept.setMinimumHeight(2 * look().size("row"))
        made_card = Card(_("Made for this event"), (kept, 1), space="small")
        self.lay(
            PageHeader(_("Print"), _("Sign-in sheets, numbered, so that what comes back is known for what it is.")),
            Columns(
                (column(Card("", self.form, row(self.make_button, 1)), (made_card, 1), space="large"), _NARROW),
                (self._paper(), _WIDE),
            ),
        )
        self._show_nothing()

    def _paper(self) -> Card:
        """The card of the sheet: what it is, what can be done with it, and its pages."""
        self.name, self.about = Words("", "heading", wrap=True), muted()
        self.page_choice = ChoiceBox(name=_("Pages"))
        self.page_choice.changed.connect(lambda _page: self._draw())
        self.print_button = Button.of(self.can["print_out"])
        self.save_button = Button.of(self.can["save_pdf"])
        self.preview = PaperPreview(name=_("The sheet as it will be on paper"))
        actions = flow(self.page_choice, self.print_button, self.save_button)
        self.verbs = Pane(actions)
        return Card("", self.name, self.about, self.verbs, (self.preview, 1), space="small")

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Print")

    def shown(self, **arguments: Any) -> None:
        """It comes into view, for an event or for the next one."""
        self._event = arguments.get("event") or self._event
        self._sheet = ""
        self.refresh()
        self.form.event_field.field.setFocus()

    def refresh(self) -> None:
        """Read the event and its sheets anew."""
        event, today = self._event, self._today()
        self.desk.read(lambda store: sheets_of(store, event, today), self._show)

    @action("make", "Make the sheet", shortcut="Alt+M", icon="plus")
    def make(self) -> None:
        """Give it a number and keep it: from now on it is known."""
        if self._event:
            self.desk.do(make_sheet, self._event, self.form.choices, done=self._on_made)

    @action("print_out", "Print…", shortcut="Alt+P", icon="printer")
    def print_out(self) -> None:
        """Ask where and how with the system's own dialog, then print."""
        pdf = self._pdf
        printer = asked_printer(pdf, self) if pdf and self._sheet else None
        if printer is not None:
            self.desk.aside(lambda tell: print_pdf(pdf, printer, tell), self._on_printed, label=_("Printing"))

    @action("save_pdf", "Print to PDF…", shortcut="Alt+F", icon="download")
    def save_pdf(self) -> None:
        """Keep it as a file: the very pages, with their text."""
        pdf = self._pdf
        if not pdf or not self._sheet:
            return
        name = _("sign-in sheet {code}", code=self.name.text().rpartition(" ")[2])
        file = asked_new_file(self, _("Keep the sheet as a PDF"), f"{name}.pdf", ".pdf")
        if file is not None:
            self.desk.aside(lambda _tell: hand_out(file, pdf), lambda _none: self._on_saved(file))

    def _show(self, sheets: Sheets) -> None:
        self._event = sheets.event.id if sheets.event else ""
        self.form.show_event(sheets.event, sheets.expected)
        self.can["make"].setEnabled(bool(self._event))
        self.made.show_rows([_row(view, self._today()) for view in sheets.made], self._sheet)
        self.none_made.setVisible(not sheets.made)
        if self._event:
            self._draw()
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._pdf = b""
        self.name.setText(_("Choose an event"))
        self.about.setText(_("Its sign-in sheet is shown here before it is made."))
        self.preview.hide()
        self._offer_pages(0)

    def _on_changed(self) -> None:
        """Other choices: a sheet that is not made yet."""
        self._sheet = ""
        self.made.choose("")
        if self.form.event_field.known and self.form.event_field.known != self._event:
            self._event = self.form.event_field.known
            self.refresh()
        else:
            self._pause.start()

    def _on_opened(self, sheet: str) -> None:
        """One made before, just as it was made."""
        self._sheet = sheet
        self._offer_pages(0)
        self._draw()

    def _draw(self) -> None:
        """Have what is looked at drawn, on the store's thread; an answer that comes late is dropped."""
        self._pause.stop()
        if not self._event:
            return
        self._asked += 1
        asked, event, sheet, choices = self._asked, self._event, self._sheet, self.form.choices
        page = int(self.page_choice.chosen or 0) or None

        def drawn(store: Store) -> tuple[RenderedSheet, str]:
            if not sheet:
                return preview_sheet(store, event, choices), ""
            made = store.get("sheets", sheet)
            return reprint_sheet(store, sheet, page), made.code if made else ""

        self.desk.read(drawn, lambda told: self._show_paper(*told) if asked == self._asked else None, self._on_refused)

    def _show_paper(self, drawn: RenderedSheet, code: str) -> None:
        self._pdf = drawn.pdf
        pages = count("{n} page", "{n} pages", drawn.pages)
        lines = count("{n} line", "{n} lines", drawn.lines)
        if code:
            self.name.setText(_("Sheet {code}", code=spaced(code)))
            self.about.setText(f"{pages} · {lines}")
        else:
            self.name.setText(_("Not made yet"))
            said = _("Making it gives it a number of its own.")
            self.about.setText(f"{pages} · {lines} · {said}")
        self._offer_pages(drawn.pages if code else 0)
        self.preview.show()
        self.preview.show_pdf(drawn.pdf)

    def _on_refused(self, sentence: str) -> None:
        self._pdf = b""
        self.name.setText(_("Not made yet"))
        self.about.setText(sentence)
        self.preview.hide()
        self._offer_pages(0)

    def _offer_pages(self, pages: int) -> None:
        """What can be done with a made sheet of so many pages; nothing with one that is not made."""
        chosen = self.page_choice.chosen
        one = [Choice(str(page), _("Page {page}", page=page)) for page in range(1, pages + 1)]
        self.page_choice.offer(one if pages > 1 else (), _("All pages"))
        self.page_choice.choose(chosen)
        self.page_choice.setVisible(pages > 1)
        self.verbs.setVisible(pages > 0)

    def _on_made(self, made: MadeSheet) -> None:
        self._sheet = made.id
        self._offer_pages(0)
        self._show_paper(RenderedSheet(made.pdf, made.pages, made.lines, ()), made.code)
        self.print_button.setFocus()
        self.refresh()

    def _on_printed(self, pages: int) -> None:
        self.desk.messages.done(count("{n} page went to the printer.", "{n} pages went to the printer.", pages))

    def _on_saved(self, file: Path) -> None:
        self.desk.messages.done(
            _("Saved as {file}. It is not locked: whoever has the file can read it.", file=file.name),
            _("Show the folder"),
            lambda: show_folder(file),
        )


def _row(sheet: View, today: date) -> Row:
    """One sheet made before."""
    values, when = sheet.values, moment_of(sheet.made_at)
    pages = count("{n} page", "{n} pages", values["pages"] or 0)
    detail = f"{pages} · {count('{n} line', '{n} lines', values['lines'] or 0)}"
    trailing = short_moment(when, today)
    return Row(sheet.id, spaced(sheet.code), "printer", detail, trailing=trailing, hover=full_moment(when))
