"""Export: a workbook or a file for another program, for the department, a partner or everybody; and the log of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.exporting import PROFILES, ExportAccount, left_out_in_words
from outreach_app.operations.exporting_files import ENDINGS, FORMATS, export
from outreach_app.operations.leaving import WORKBOOK, Wanted
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import LANGUAGES, _, count, language, say
from ui.actions import action
from ui.desks import Desk
from ui.jobs import Ended, Job
from ui.pages.base import Page
from ui.pages.folders import asked_new_file, show_folder
from ui.pages.known_fields import KnownField
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card, Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, column, row
from ui.widgets.rows import Row, RowList

_WIDE, _NARROW = 640, 446  # the shares of the two columns
_LOGGED = 50
_LEAST = 160  # pixels of the log, however low the window is
_FORMATS = {
    WORKBOOK: "Workbook (xlsx)",
    "csv": "CSV, a table of each kind (zip)",
    "google": "Contacts for Google (CSV)",
    "outlook": "Contacts for Outlook (CSV)",
    "civicrm": "Contacts for CiviCRM (CSV)",
    "vcard4": "Contacts as vCard 4.0",
    "vcard3": "Contacts as vCard 3.0, for older phones",
    "ics": "Events for a calendar (iCalendar)",
    "hsds": "Partner directory (HSDS 3, zip)",
}
_ICONS = {"internal": "building-2", "partner": "handshake", "public": "users"}
_CARRIES = {
    "internal": "Everything but sensitive feedback. It can be worked on and read back.",
    "partner": "What concerns that one partner: its own people and events, and feedback that was released to it.",
    "public": "Counts, and words that may be shared. No names, no contacts, no exact days; small counts are left out.",
}
_NAMES = {"internal": "outreach", "partner": "for a partner", "public": "for everybody"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported. ``partner`` and ``event`` are ids, or ""."""

    profile: str
    partner: str
    event: str
    language: str
    to_whom: str
    form: str


def log(store: Store) -> Sequence[View]:
    """What left, latest first."""
    return store.list("exports", order="-made_at", limit=_LOGGED)


class ExportPage(Page):
    """Who it is for, how much, in which language; then the button, and what it says out loud. The log is beside it."""

    kinds = frozenset({"exports"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._made: ExportAccount | None = None
        self._job: Job[ExportAccount] | None = None
        desk.jobs.ended.connect(self._on_ended)
        labels = vocabulary("export_profiles")
        self.profile = RowList(name=_("Who is it for?"), choosing=True)
        profiles = [Row(code, labels.label(code), _ICONS[code], say(_CARRIES[code])) for code in PROFILES]
        self.profile.show_rows(profiles, PROFILES[0])
        self.profile.opened.connect(self._on_profile)
        self._profile = PROFILES[0]
        self.partner = KnownField(desk, "organizations", placeholder=_("Type to find the partner"))
        self.partner_field = LabelledField(_("Partner"), self.partner, buddy=self.partner.field)
        self.only = KnownField(desk, "events", placeholder=_("All events"))
        self.to_whom = LineEdit(placeholder=_("A name, an office"))
        languages = vocabulary("languages")
        self.language = ChipRow(
            [Choice(code, languages.label(code)) for code in LANGUAGES], name=_("Language"), required=True
        )
        self.language.choose([language()])
        self.form = ChoiceBox(
            [Choice(form, say(_FORMATS[form])) for form in FORMATS], name=_("Kind of file"), shrinks=True
        )
        self.form_field = LabelledField(_("Kind of file"), self.form)
        self.button = Button.of(self.can["export"], primary=True)
        aloud = Words(_("The file is not locked: whoever has it can read it."), "waits", wrap=True)
        ask = Card(
            _("Who is it for?"),
            self.profile,
            self.partner_field,
            row(
                (LabelledField(_("Only one event"), self.only, hint=_("if you like"), buddy=self.only.field), 1),
                (LabelledField(_("Who gets it"), self.to_whom, hint=_("for the log")), 1),
                space="medium",
            ),
            Columns((self.form_field, 3), (LabelledField(_("Language"), self.language), 2), least=560),
            row(self.button, (aloud, 1), space="medium"),
        )
        self.lay(
            PageHeader(_("Export"), _("One file, and a line in the log of what left.")),
            Columns((column(ask, 1), _WIDE), (self._logged(), _NARROW)),
        )
        self.partner_field.hide()

    def _logged(self) -> Pane:
        """The right side: what was just written, and all that left before."""
        self.rows = RowList(name=_("What is in it"))
        self.file, self.receipt = Words("", "strong", wrap=True), muted("")
        self.made_card = Card(
            _("Written"),
            self.file,
            self.rows,
            self.receipt,
            row(LinkButton(_("Show the folder"), self._show_folder), 1),
            space="small",
        )
        self.log = RowList(name=_("What has left"))
        self.nothing_left = muted(_("Nothing yet. Every file that is written is listed here, with whom it was for."))
        kept = Scroll(Pane(column(self.nothing_left, self.log, 1)))
        kept.setMinimumHeight(_LEAST)
        self.made_card.hide()
        return Pane(column(self.made_card, (Card(_("What has left"), (kept, 1), space="small"), 1), space="large"))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Export")

    def shown(self, **arguments: Any) -> None:
        """It comes into view; the button has the focus, as the first choice is the usual one."""
        del arguments
        self.button.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read the log anew."""
        self.desk.read(log, self._show)

    @action("export", "Export…", shortcut="Alt+X", icon="file-spreadsheet")
    def export(self) -> None:
        """Ask for the file's name, then write it."""
        if self._job is not None:
            return
        asked = Asked(
            self._profile,
            self.partner.known if self._profile == "partner" else "",
            self.only.known,
            self.language.one or LANGUAGES[0],
            self.to_whom.text().strip(),
            WORKBOOK if self._profile == "public" else self.form.chosen,
        )
        self.partner_field.refuse("")
        if asked.profile == "partner" and not asked.partner:
            self.partner_field.refuse(_("Please choose the partner it is for."))
            self.partner.field.setFocus()
            return
        ending = ENDINGS[asked.form]
        name = f"{say(_NAMES[asked.profile], asked.language)} {self._today().isoformat()}{ending}"
        file = asked_new_file(self, _("Where should the file go?"), name, ending)
        if file is None:
            return

        def write(store: Store, tell: Callable[[int, int], None]) -> ExportAccount:
            partner = store.get("organizations", asked.partner) if asked.partner else None
            event = store.get("events", asked.event) if asked.event else None
            wanted = Wanted(
                asked.profile,
                asked.form,
                partner.code if partner else "",
                event.code if event else "",
                asked.language,
                asked.to_whom or (partner.title if partner else ""),
            )
            return export(store, file, wanted, tell)

        self._job = self.desk.work(write, self._on_written, label=_("Writing the file"))

    def _on_ended(self, ended: Ended) -> None:
        if ended.job is self._job:
            self._job = None

    def _on_profile(self, profile: str) -> None:
        self._profile = profile
        self.partner_field.setVisible(profile == "partner")
        self.form_field.setVisible(profile != "public")  # what is published is counts alone, and always a workbook
        if profile == "partner":
            self.partner.field.setFocus()

    def _on_written(self, account: ExportAccount) -> None:
        self._made = account
        registry = self.desk.store.registry
        self.file.setText(account.file.name)
        self.rows.show_rows(
            [
                Row(name, say(registry[name].about.label) if name in registry else name, trailing=f"{number:,}")
                for name, number in account.rows.items()
                if number
            ]
        )
        told = [_("Receipt: {receipt}", receipt=account.receipt)] if account.receipt else []
        told += [left_out_in_words(account.left_out)] if account.left_out else []
        self.receipt.setText("\n".join(told))
        self.receipt.setVisible(bool(told))
        self.made_card.show()
        rows = count("{n} row", "{n} rows", sum(account.rows.values()))
        self.desk.messages.done(
            _("Wrote {file}: {rows}. It is not locked: whoever has it can read it.", file=account.file.name, rows=rows),
            _("Show the folder"),
            self._show_folder,
        )

    def _show_folder(self) -> None:
        if self._made is not None:
            show_folder(self._made.file)

    def _show(self, left: Sequence[View]) -> None:
        self.log.show_rows([_row(view, self._today()) for view in left])
        self.nothing_left.setVisible(not left)


def _row(left: View, today: date) -> Row:
    """One file that left: its name, whom it was made for, how much, by whom, when."""
    values, when = left.values, moment_of(left.made_at)
    parts = [
        vocabulary("export_profiles").label(values["profile"] or ""),
        values["to_whom"] or left.titles.get(values["partner"] or "", ""),
        count("{n} row", "{n} rows", values["rows"] or 0),
        left.made_by,
    ]
    detail = " · ".join(part for part in parts if part)
    icon = "file-spreadsheet"
    return Row(left.id, left.title, icon, detail, short_moment(when, today), hover=full_moment(when))
