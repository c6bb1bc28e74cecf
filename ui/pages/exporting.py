"""Export: a workbook or a file for another program, for the department, a partner or everybody; and the log of it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from outreach_app.model.dates import full_moment, moment_of, short_moment
from outreach_app.model.vocabularies import vocabulary
from outreach_app.operations.exporting import ExportAccount
from outreach_app.operations.exporting_files import FORMATS, ending, export
from outreach_app.operations.leaving import PROFILES, WORKBOOK, Wanted
from outreach_app.operations.named_exports import NamedExport, export_named, named_exports
from outreach_app.sheets.books import SENSITIVE
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import LANGUAGES, _, count, language, say
from ui.actions import action
from ui.desks import Desk
from ui.jobs import Ended, Job, Tell
from ui.pages.base import Page
from ui.pages.export_asked import Asked
from ui.pages.folders import asked_new_file, show_folder
from ui.pages.known_fields import KnownField
from ui.pages.named_exports import named_row
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.cards import Card, Scroll
from ui.widgets.chips import ChipRow, Choice
from ui.widgets.choices import ChoiceBox
from ui.widgets.fields import LabelledField, LineEdit
from ui.widgets.headers import PageHeader
from ui.widgets.labels import Words, muted
from ui.widgets.layouts import Columns, Pane, column, flow, row
from ui.widgets.rows import Row, RowList

_WIDE, _NARROW = 640, 446  # the shares of the two columns
_LOGGED = 50
_WORKBOOK_ALONE = ("public", SENSITIVE)
_LEAST = 160  # pixels of the log, however low the window is
_ICONS = {"internal": "building-2", "partner": "handshake", "public": "users", "sensitive": "lock"}
_CARRIES = {
    "internal": "Everything but sensitive feedback. It can be worked on and read back.",
    "partner": "What concerns that one partner: its own people and events, and feedback that was released to it.",
    "public": "Counts, and words that may be shared. No names, no contacts, no exact days; small counts are left out.",
    "sensitive": "Reports that only coordinators may read. Hand it to nobody else.",
}
_NAMES = {
    "internal": "outreach",
    "partner": "for a partner",
    "public": "for everybody",
    "sensitive": "for coordinators",
}


def log(store: Store) -> Sequence[View]:
    """What left, latest first."""
    return store.list("exports", order="-made_at", limit=_LOGGED)


class ExportPage(Page):
    """Who it is for, how much, in which language; then the button, and what it says out loud. The log is beside it."""

    kinds = frozenset({"exports", "named_exports"})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__(desk)
        self._today = today
        self._made: ExportAccount | None = None
        self._job: Job[ExportAccount] | None = None
        desk.jobs.ended.connect(self._on_ended)
        self.lists: tuple[str, ...] = ()
        self.columns: tuple[str, ...] = ()
        self.since = ""
        languages = vocabulary("languages")
        self.language = ChipRow(
            [Choice(code, languages.label(code)) for code in LANGUAGES], name=_("Language"), required=True
        )
        self.language.choose([language()])
        self.form = ChoiceBox(
            [Choice(form, vocabulary("export_formats").label(form)) for form in FORMATS],
            name=_("Kind of file"),
            shrinks=True,
        )
        ask = self._asking()
        self.lay(
            PageHeader(_("Export"), _("One file, and a line in the log of what left.")),
            Columns((column(ask, 1), _WIDE), (self._logged(), _NARROW)),
        )
        self.partner_field.hide()
        self._choose()

    def _asking(self) -> Card:
        """The left side: who it is for, how much of it, in which form."""
        labels = vocabulary("export_profiles")
        self.profile = RowList(name=_("Who is it for?"), choosing=True)
        made_here = [code for code in PROFILES if code != SENSITIVE or self.desk.store.role == "coordinator"]
        profiles = [Row(code, labels.label(code), _ICONS[code], say(_CARRIES[code])) for code in made_here]
        self.profile.show_rows(profiles, PROFILES[0])
        self.profile.opened.connect(self._on_profile)
        self._profile = PROFILES[0]
        self.partner = KnownField(self.desk, "organizations", placeholder=_("Type to find the partner"))
        self.partner_field = LabelledField(_("Partner"), self.partner, buddy=self.partner.field)
        self.only = KnownField(self.desk, "events", placeholder=_("All events"))
        self.to_whom = LineEdit(placeholder=_("A name, an office"))
        self.form_field = LabelledField(_("Kind of file"), self.form)
        self.carried = muted("")
        self.choosing = Button.of(self.can["choose"])
        self.button = Button.of(self.can["export"], primary=True)
        aloud = Words(_("The file is not locked: whoever has it can read it."), "waits", wrap=True)
        return Card(
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
            flow(self.choosing, Button.of(self.can["keep"])),
            self.carried,
        )

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
        self.again = RowList(name=_("Exports with a name"), opens=True)
        self.again.opened.connect(self._on_again)
        self.named: dict[str, NamedExport] = {}
        self.again_card = Card(
            _("Exports with a name"),
            self.again,
            row(LinkButton(_("Rename or remove…"), lambda: self.desk.go("named_exports")), 1),
            space="small",
        )
        self.again_card.hide()
        return Pane(
            column(
                self.made_card, self.again_card, (Card(_("What has left"), (kept, 1), space="small"), 1), space="large"
            )
        )

    @property
    def title(self) -> str:
        """The page's name."""
        return _("Export")

    def shown(self, **arguments: Any) -> None:
        """It comes into view, maybe with lists and columns just chosen. The button has the focus: what is chosen at
        first is the usual."""
        if "lists" in arguments:
            self._choose(tuple(arguments["lists"]), tuple(arguments["columns"]), arguments["since"])
        self.button.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Read the log and what has a name anew."""
        self.desk.read(log, self._show)
        self.desk.read(named_exports, self._show_named)

    @action("export", "Export…", shortcut="Alt+X", icon="file-spreadsheet")
    def export(self) -> None:
        """Ask for the file's name, then write it."""
        asked = self._asked()
        if self._job is None and asked is not None:
            wanted = asked.chosen
            name = say(_NAMES[wanted.profile], wanted.language)
            self._write(
                name,
                ending(wanted.form, len(wanted.lists)),
                lambda store, file, tell: export(store, file, asked.wanted(store), tell),
            )

    @action("choose", "Only a part…", shortcut="Alt+L", icon="table-2", hint="Lists, columns, what changed since a day")
    def choose(self) -> None:
        """Choose what of it is to leave."""
        told = {"lists": self.lists, "columns": self.columns, "since": self.since}
        self.desk.go("export_choices", profile=self._profile, **told)

    @action("keep", "Keep under a name…", shortcut="Alt+K", icon="download", hint="To make it again with one key")
    def keep(self) -> None:
        """Keep what is asked for under a name, or have it fill the department's own template."""
        asked = self._asked()
        if asked is not None:
            self.desk.go("named_exports", asked=asked)

    def _asked(self) -> Asked | None:
        """What was chosen here; None where something is missing, which is said."""
        chosen = Wanted(
            profile=self._profile,
            form=WORKBOOK if self._profile in _WORKBOOK_ALONE else self.form.chosen,
            language=self.language.one or LANGUAGES[0],
            to_whom=self.to_whom.text().strip(),
            since=self.since,
            lists=self.lists,
            columns=self.columns,
        )
        self.partner_field.refuse("")
        if self._profile == "partner" and not self.partner.known:
            self.partner_field.refuse(_("Please choose the partner it is for."))
            self.partner.field.setFocus()
            return None
        return Asked(chosen, self.partner.known if self._profile == "partner" else "", self.only.known)

    def _write(self, name: str, ends: str, verb: Callable[[Store, Path, Tell], ExportAccount]) -> None:
        """Ask where the file is to go, and write it."""
        suggested = f"{name} {self._today().isoformat()}{ends}"
        file = asked_new_file(self, _("Where should the file go?"), suggested, ends)
        if file is not None:
            self._job = self.desk.work(
                lambda store, tell: verb(store, file, tell), self._on_written, label=_("Writing the file")
            )

    def _on_again(self, named: str) -> None:
        each = self.named[named]
        if self._job is None:
            self._write(each.name, each.ending, lambda store, file, tell: export_named(store, file, named, tell))

    def _choose(self, lists: tuple[str, ...] = (), columns: tuple[str, ...] = (), since: str = "") -> None:
        """Take over what was chosen, and say it in short."""
        self.lists, self.columns, self.since = lists, columns, since
        kinds = self.desk.store.registry
        told = [say(kinds[name].about.label) for name in lists]
        told += [count("{n} column", "{n} columns", len(columns))] if columns else []
        told += [_("changed since {day}", day=since)] if since else []
        self.carried.setText(", ".join(told))
        self.carried.setVisible(bool(told))

    def _on_ended(self, ended: Ended) -> None:
        if ended.job is self._job:
            self._job = None

    def _on_profile(self, profile: str) -> None:
        if profile != self._profile:
            self._choose()  # others carry other columns
        self._profile = profile
        self.partner_field.setVisible(profile == "partner")
        self.form_field.setVisible(profile not in _WORKBOOK_ALONE)
        self.choosing.setVisible(profile != "public")  # counts leave whole
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
        told += account.left_out_in_words()
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

    def _show_named(self, found: Sequence[NamedExport]) -> None:
        self.named = {each.id: each for each in found}
        self.again.show_rows([named_row(each, self._today()) for each in found])
        self.again_card.setVisible(bool(found))

    def _show(self, left: Sequence[View]) -> None:
        self.log.show_rows([_row(view, self._today()) for view in left])
        self.nothing_left.setVisible(not left)


def _row(left: View, today: date) -> Row:
    """One file that left: its name, whom it was made for, how much, by whom, when."""
    values, when = left.values, moment_of(left.made_at)
    parts = [
        vocabulary("export_profiles").label(values["profile"] or ""),
        values["to_whom"] or left.titles.get(values["partner"] or "", ""),
        left.titles.get(values["named"] or "", ""),
        count("{n} row", "{n} rows", values["rows"] or 0),
        left.made_by,
    ]
    detail = " · ".join(part for part in parts if part)
    icon = "file-spreadsheet"
    return Row(left.id, left.title, icon, detail, short_moment(when, today), hover=full_moment(when))
