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
from outreach_app.operations.exporting import (
    Asked,
    ExportAccount,
    Progress,
    asked_for,
    export_workbook,
    kinds_for,
    log_export,
    names_of,
)
from outreach_app.sheets.books import INTERNAL, PARTNER, PUBLIC, KindRows
from outreach_app.sheets.calendars import calendar
from outreach_app.sheets.columns import RECORD, carried_fields, layout
from outreach_app.sheets.contacts import IdOf, contacts, rows_of
from outreach_app.sheets.csv_writing import csv_bytes, prefixed
from outreach_app.sheets.hsds import directory_out
from outreach_app.sheets.layouts import CONTACT_LAYOUTS
from outreach_app.sheets.profiles import refused_sharing
from outreach_app.sheets.showing import Showing
from outreach_app.sheets.vcards import VCARD_3, VCARD_4, vcards
from outreach_app.sheets.words import Words
from outreach_app.store.handouts import hand_out
from outreach_app.store.stores import Store
from outreach_app.texts import _

WORKBOOK, CSV = "xlsx", "csv"
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
}
"""The formats, each with the ending of its files. CSV of one kind alone ends in ``.csv``."""
FORMATS = tuple(ENDINGS)


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
    language: str
    kind: str

    @property
    def heads(self) -> Mapping[str, str]:
        """What each that was joined stands under."""
        return self.store.joined("people") | self.store.joined("organizations")

    @property
    def id_of(self) -> IdOf | None:
        """What stands for an id outside: to a partner always the same, and nothing by which we find a record."""
        partner = self.asked.partner
        return partial(derived_id, "outside", partner.id) if partner and self.asked.profile == PARTNER else None


def export_file(
    store: Store,
    target: Path,
    form: str = WORKBOOK,
    profile: str = INTERNAL,
    partner: str = "",
    event: str = "",
    language: str = "en",
    to_whom: str = "",
    kind: str = "",
    progress: Progress | None = None,
) -> ExportAccount:
    """Write one file of a format and log it. ``kind``: of CSV, the one kind that is wanted.

    Raises NotFound, BadInput, NotWritable."""
    if form == WORKBOOK:
        return export_workbook(store, target, profile, partner, event, language, to_whom, progress)
    if profile == PUBLIC:
        raise BadInput(
            _("What is for everybody leaves as a workbook of counts only: names and contacts are never published.")
        )
    asked = asked_for(store, profile, partner, event)
    kinds = kinds_for(store, asked, progress or (lambda _done, _of: None), bare=True)
    if kind and all(each.kind.name != kind for each in kinds):
        raise BadInput(_("There is nothing of that kind for whom this file is made."))
    made = _MAKERS[form](_Leaving(store, asked, kinds, language, kind))
    hand_out(target, made.content)
    changes = log_export(store, new_id(), target, asked, language, to_whom, made.rows, {})
    return ExportAccount(target, profile, made.rows, "", changes, made.left_out, made.without_time)


def _csv(leaving: _Leaving) -> Made:
    """One kind as a CSV file, or a zip of one for each."""
    files: dict[str, tuple[bytes, int]] = {}
    named = names_of(leaving.store, coded=leaving.asked.profile != PARTNER)
    showing = Showing(Words(), leaving.language, named)
    for each in leaving.kinds:
        if each.visible and leaving.kind in ("", each.kind.name):
            files[each.kind.name] = _table(each, showing, leaving.asked.profile == INTERNAL)
    rows = {name: number for name, (_content, number) in files.items()}
    if leaving.kind:
        return Made(files[leaving.kind][0], rows)
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


def _people(leaving: _Leaving) -> Any:
    titles = names_of(leaving.store, coded=False)

    def title_of(kind: str, record: str) -> str:
        found = titles(kind, record)
        return found.title if found else ""

    return contacts(leaving.kinds, title_of, leaving.heads, leaving.id_of)


def _contacts(name: str) -> Callable[[_Leaving], Made]:
    def make(leaving: _Leaving) -> Made:
        chosen = CONTACT_LAYOUTS[name]
        made = rows_of(chosen, _people(leaving))
        headings = [column.heading for column in chosen.leaving]
        return Made(csv_bytes(headings, made.rows), {"people": len(made.rows)}, made.left_out)

    return make


def _vcards(version: str) -> Callable[[_Leaving], Made]:
    def make(leaving: _Leaving) -> Made:
        people = _people(leaving)
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


_MAKERS: Mapping[str, Callable[[_Leaving], Made]] = {
    CSV: _csv,
    **{name: _contacts(name) for name in CONTACT_LAYOUTS},
    "vcard4": _vcards(VCARD_4),
    "vcard3": _vcards(VCARD_3),
    "ics": _calendar,
    "hsds": _directory,
}
