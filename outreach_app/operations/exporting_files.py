"""Writing files of other programs: CSV, contacts, calendars, the directory. The same may leave as in a workbook."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from outreach_app.model.errors import BadInput
from outreach_app.model.identifiers import derived_id, new_id
from outreach_app.operations.exporting import ExportAccount, log_export, names_of, write_asked
from outreach_app.operations.exporting_templates import TemplateRows, check_columns, kept_template, opened
from outreach_app.operations.leaving import (
    TEMPLATE,
    WORKBOOK,
    Asked,
    Progress,
    Wanted,
    affiliations_for,
    asked_for,
    kinds_for,
)
from outreach_app.sheets.books import INTERNAL, PARTNER, KindRows
from outreach_app.sheets.calendars import calendar
from outreach_app.sheets.columns import RECORD, carried_fields, layout
from outreach_app.sheets.contacts import Contact, IdOf, contacts, rows_of
from outreach_app.sheets.csv_writing import csv_bytes, prefixed
from outreach_app.sheets.hsds import directory_out
from outreach_app.sheets.layouts import CONTACT_LAYOUTS
from outreach_app.sheets.profiles import refused_sharing
from outreach_app.sheets.showing import Showing
from outreach_app.sheets.template_filling import fill
from outreach_app.sheets.vcards import VCARD_3, VCARD_4, vcards
from outreach_app.sheets.words import Words
from outreach_app.store.handouts import hand_out
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _

CSV = "csv"
ENDINGS: Mapping[str, str] = {
    WORKBOOK: ".xlsx",
    CSV: ".zip",
    "google": ".csv",
    "outlook": ".csv",
    "civicrm": ".csv",
    "vcard4": ".vcf",
    "vcard3": ".vcf",
    "ics": ".ics",
    "hsds": ".zip",
    TEMPLATE: ".xlsx",
}
"""The formats, each with the ending of its files (see :func:`ending`)."""
FORMATS = tuple(form for form in ENDINGS if form != TEMPLATE)
"""Those that anything can be asked for in; a template is filled by the name it was saved under."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file's content: rows by kind, and how many values, or events without a day, found no place in it."""

    content: bytes
    rows: Mapping[str, int]
    left_out: int = 0
    without_time: int = 0


@dataclass(frozen=True, slots=True)
class _Leaving:
    """What leaves, and how."""

    store: Store
    asked: Asked
    kinds: Sequence[KindRows]

    @property
    def heads(self) -> Mapping[str, str]:
        """What each that was joined stands under."""
        return self.store.joined("people") | self.store.joined("organizations")

    @property
    def id_of(self) -> IdOf | None:
        """What stands for an id outside: to a partner always the same, and nothing by which we find a record."""
        partner = self.asked.partner
        return partial(derived_id, "outside", partner.id) if partner and self.asked.profile == PARTNER else None


def export(
    store: Store,
    target: Path,
    wanted: Wanted,
    progress: Progress | None = None,
    named: str = "",
    last: View | None = None,
) -> ExportAccount:
    """Write one file of any format and log it. ``named``: the id of the named export that asks for it; ``last``: see
    :func:`asked_for`.

    Raises NotFound, BadInput, NotWritable."""
    asked = asked_for(store, wanted, named, last)
    check_form(wanted)
    if wanted.form == WORKBOOK:
        return write_asked(store, target, asked, progress)
    kinds = kinds_for(store, asked, progress or (lambda _done, _of: None), bare=True)
    made = _MAKERS[wanted.form](_Leaving(store, asked, kinds))
    hand_out(target, made.content)
    changes = log_export(store, new_id(), target, asked, made.rows, {})
    return ExportAccount(target, wanted.profile, made.rows, "", changes, made.left_out, made.without_time)


def check_form(wanted: Wanted) -> None:
    """Raises BadInput for a kind of file that is not known, or in which what was chosen cannot leave."""
    if wanted.form not in ENDINGS:
        raise BadInput(_("This kind of file is not known here. A newer program may have asked for it."))
    if wanted.form not in (WORKBOOK, CSV, TEMPLATE) and (wanted.lists or wanted.columns):
        raise BadInput(_("Lists and columns are chosen of a workbook or of CSV; this kind of file has its own."))
    if wanted.form == "hsds" and wanted.since:
        raise BadInput(_("A directory leaves whole: other programs take a part of it for all there is."))


def ending(form: str, lists: int) -> str:
    """The ending of a file's name: CSV of one list alone is no archive."""
    return ".csv" if form == CSV and lists == 1 else ENDINGS.get(form, "")


def _csv(leaving: _Leaving) -> Made:
    """One list as a CSV file, or a zip of one for each."""
    named = names_of(leaving.store, coded=leaving.asked.profile != PARTNER)
    showing = Showing(Words(), leaving.asked.wanted.language, named)
    coded = leaving.asked.profile == INTERNAL
    files = {each.kind.name: _table(each, showing, coded) for each in leaving.kinds if each.visible}
    rows = {name: number for name, (_content, number) in files.items()}
    if len(leaving.asked.wanted.lists) == 1:
        return Made(next(content for content, _number in files.values()), rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (content, _number) in files.items():
            archive.writestr(f"{name}.csv", content)
    return Made(out.getvalue(), rows)


def _table(rows: KindRows, showing: Showing, coded: bool) -> tuple[bytes, int]:
    """A kind's sheet as CSV, and how many rows it has; with the codes of its records where it stays in the house."""
    fields = rows.fields if rows.fields is not None else carried_fields(rows.kind)
    columns = layout(rows.kind, showing.words, showing.language, fields, (RECORD,) if coded else ()).columns
    views = [each.view for each in rows.records if each.view.shown]

    def cell(column: Any, view: Any) -> Any:
        if column.field is None:
            return view.code
        value = view.values.get(column.field.name)
        if column.field.many:
            value = [element["value"] for element in value or ()]
        if column.choice:
            return int(column.choice in value) if value else ""
        shown = showing.cell(column.field, value)
        return prefixed(shown) if isinstance(shown, str) else shown

    table = [[cell(column, view) for column in columns] for view in views]
    return csv_bytes([column.heading for column in columns], table), len(table)


def _people(leaving: _Leaving, id_of: IdOf | None) -> list[Contact]:
    """Those who leave, a line each."""
    titles = names_of(leaving.store, coded=False)

    def title_of(kind: str, record: str) -> str:
        found = titles(kind, record)
        return found.title if found else ""

    kinds = [each for each in leaving.kinds if each.kind.name == "people"]
    return contacts([*kinds, affiliations_for(leaving.store, leaving.asked)], title_of, leaving.heads, id_of)


def _contacts(name: str) -> Callable[[_Leaving], Made]:
    def make(leaving: _Leaving) -> Made:
        chosen = CONTACT_LAYOUTS[name]
        made = rows_of(chosen, _people(leaving, leaving.id_of))
        headings = [column.heading for column in chosen.leaving]
        return Made(csv_bytes(headings, made.rows), {"people": len(made.rows)}, made.left_out)

    return make


def _vcards(version: str) -> Callable[[_Leaving], Made]:
    def make(leaving: _Leaving) -> Made:
        people = _people(leaving, leaving.id_of)
        return Made(vcards(people, version), {"people": len(people)}, sum(each.left_out for each in people))

    return make


def _calendar(leaving: _Leaving) -> Made:
    events = next(each for each in leaving.kinds if each.kind.name == "events")
    fields = events.fields if events.fields is not None else carried_fields(events.kind)
    views = [each.view for each in events.records if each.view.shown]
    id_of = leaving.id_of or str
    told = [(id_of(view.id), {about.name: view.values.get(about.name) for about in fields}) for view in views]
    store = leaving.store
    content, written, left = calendar(told, store.department, store.clock.tick())
    return Made(content, {"events": written}, without_time=left)


def _directory(leaving: _Leaving) -> Made:
    private = refused_sharing(leaving.store.list("consents"), leaving.heads)
    made = directory_out(leaving.kinds, private, leaving.heads, leaving.id_of or str)
    rows = {"organizations": len(made.rows["organizations"]), "affiliations": len(made.rows["contacts"])}
    return Made(made.zipped(leaving.store.department), rows, made.left_out)


def _template(leaving: _Leaving) -> Made:
    """The department's own workbook, filled."""
    named, wanted = leaving.store.get("named_exports", leaving.asked.named), leaving.asked.wanted
    if named is None:
        raise BadInput(_("A template is filled by the name it was saved under."))
    own = kept_template(named)
    check_columns(leaving.store, wanted.profile, own)
    [rows] = [each for each in leaving.kinds if each.kind.name == own.kind]
    showing = Showing(Words(), wanted.language, names_of(leaving.store, coded=wanted.profile != PARTNER))
    people = {each.id: each for each in _people(leaving, None)} if own.kind == "people" else {}
    cells = TemplateRows(rows, showing, [*own.columns.values()], people).made()
    content, number = fill(own.content, opened(own), cells)
    return Made(content, {own.kind: number})


_MAKERS: Mapping[str, Callable[[_Leaving], Made]] = {
    CSV: _csv,
    **{name: _contacts(name) for name in CONTACT_LAYOUTS},
    "vcard4": _vcards(VCARD_4),
    "vcard3": _vcards(VCARD_3),
    "ics": _calendar,
    "hsds": _directory,
    TEMPLATE: _template,
}
