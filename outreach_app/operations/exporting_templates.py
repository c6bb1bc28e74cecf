"""A department's own workbook as one more kind of file: its columns said once, filled each time under a profile."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from outreach_app.apart import MEGABYTES, SECONDS, Pause, apart
from outreach_app.model.errors import BadInput, Damaged
from outreach_app.model.fields import Field, Shape
from outreach_app.sheets.books import INTERNAL, KindRows, Viewed
from outreach_app.sheets.cells import Cell, canonical, writable
from outreach_app.sheets.column_guesses import Columns, Guesses
from outreach_app.sheets.contacts import Contact
from outreach_app.sheets.layouts import BESIDE_PEOPLE, IDENTIFIER, NAMES, RECORD_CODE, Holds, holds
from outreach_app.sheets.openings import content_of
from outreach_app.sheets.profiles import fields_for
from outreach_app.sheets.showing import Showing
from outreach_app.sheets.tables import tables_of
from outreach_app.sheets.templates import Template, take_apart
from outreach_app.sheets.words import Words
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _

_BESIDE = "affiliations"  # what other programs keep beside a person
_SHOWN = 6  # rows of a preview
_TAB = "\t"


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template as it is kept: its bytes, the file it came from, what its columns hold, by heading. Of one that was
    just read also the headings that hold nothing."""

    content: bytes = field(repr=False)
    name: str
    kind: str
    columns: Mapping[str, str]
    left_empty: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TemplatePreview:
    """A template to be looked at: its headings, the rows below as text, by kind what its columns would hold and what
    they may, each with what it is called; ``columns`` the one that fits best."""

    file: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Columns
    guesses: Mapping[str, Columns]
    choices: Mapping[str, Mapping[str, str]]


def preview_template(store: Store, path: Path, pause: Pause = lambda: None) -> TemplatePreview:
    """What the columns of a template seem to hold. Raises NotFound, BadInput or Damaged."""
    kinds = tuple(name for name, kind in store.registry.items() if kind.about.in_forms)
    guesses = Guesses(store.registry, Words(), kinds)
    tables = [table for table in map(guesses.table, tables_of(path, pause)) if table is not None]
    if not tables:
        raise BadInput(_("“{file}” has no row of headings.", file=path.name))
    scored = [(guesses.columns(table.headings), table) for table in tables]
    columns, table = max(scored, key=lambda each: sum(1 for what in each[0].holds.values() if what))
    of_kind = {kind: guesses.columns(table.headings, kind) for kind in kinds}
    choices = {
        kind: guesses.choices(kind) | {what: guesses.called(kind, what) for what in each.holds.values() if what}
        for kind, each in of_kind.items()
    }
    rows = [[canonical(cell) for cell in row] for row in table.rows[:_SHOWN]]
    return TemplatePreview(path.name, table.headings, rows, columns, of_kind, choices)


def read_template(
    store: Store, path: Path, kind: str = "", told: Mapping[str, str] | None = None, pause: Pause = lambda: None
) -> OwnTemplate:
    """A template whose columns hold what its headings seem to say, but for what was ``told``.

    Raises NotFound, BadInput or Damaged."""
    seen = preview_template(store, path, pause)
    found = seen.guesses.get(kind or seen.columns.kind, seen.columns)
    unknown = [heading for heading in told or {} if heading not in seen.headings]
    if unknown:
        raise BadInput(_("The file has no heading “{heading}”.", heading=unknown[0]))
    columns = {heading: what for heading, what in {**found.holds, **(told or {})}.items() if what}
    left = [heading for heading in seen.headings if heading and heading not in columns]
    made = OwnTemplate(content_of(path), path.name, found.kind, columns, left)
    opened(made, pause)
    return made


def kept_template(named: View) -> OwnTemplate:
    """The template that a named export keeps."""
    parts = (each.partition(_TAB) for each in named.elements("template_columns"))
    columns = {heading: what for heading, _tab, what in parts}
    values = named.values
    try:
        [kind] = named.elements("lists")
        content = base64.b64decode(values["template"] or "")
    except ValueError as fault:
        raise Damaged(_("The template is damaged. Remove it, and give it once more.")) from fault
    return OwnTemplate(content, values["template_name"] or "", kind, columns)


def as_kept(template: OwnTemplate) -> dict[str, Any]:
    """The fields by which a named export keeps a template, beside what it asks for."""
    return {
        "template": base64.b64encode(template.content).decode(),
        "template_name": template.name,
        "template_columns": [f"{heading}{_TAB}{what}" for heading, what in template.columns.items()],
    }


def opened(template: OwnTemplate, pause: Pause = lambda: None) -> Template:
    """A template taken apart. Raises BadInput or Damaged."""
    if not template.columns:
        raise BadInput(_("Say what the columns of the template hold: none of its headings is known."))
    return apart(take_apart, pause, SECONDS, MEGABYTES, template.content, [*template.columns])


def check_columns(store: Store, profile: str, template: OwnTemplate) -> None:
    """Raises BadInput for a column that holds what is not there, or what may not leave under a profile."""
    for heading, what in template.columns.items():
        told = holds(what)
        if told is None or not _may_leave(store, profile, template.kind, told):
            words = {"heading": heading, "field": what}
            raise BadInput(_("“{heading}” cannot hold {field}: there is no such thing, or it may not leave.", **words))


def _may_leave(store: Store, profile: str, kind: str, told: Holds) -> bool:
    if told.field in (RECORD_CODE, IDENTIFIER):
        return profile == INTERNAL  # no codes leave the department
    if kind == "people" and told.field in BESIDE_PEOPLE:
        beside = {about.name for about in fields_for(profile, store.registry[_BESIDE])}
        return told.field not in ("organization", "job_title") or told.field in beside
    return told.field in {about.name for about in fields_for(profile, store.registry[kind])}


@dataclass(frozen=True)
class TemplateRows:
    """Makes a template's rows. ``people``: what is told of each where the rows are people, by id."""

    rows: KindRows
    showing: Showing
    columns: Sequence[str]
    people: Mapping[str, Contact]

    def made(self) -> list[list[Cell]]:
        """A row for each record that is shown."""
        told = [found for found in map(holds, self.columns) if found is not None]
        views = [each.view for each in self.rows.records if each.view.shown]
        return [[self._cell(view, what) for what in told] for view in views]

    def _cell(self, view: Viewed, told: Holds) -> Cell:
        if told.field in (RECORD_CODE, IDENTIFIER):
            return view.code
        person = self.people.get(view.id)
        if self.rows.kind.name == "people" and told.field in (*BESIDE_PEOPLE, *NAMES):
            return writable(person.text(told.field)) or None if person else None
        about = self.rows.kind.by_name[told.field]
        value = view.values.get(about.name)
        values = [element["value"] for element in value or ()] if about.many else []
        if person is not None and about.shape is Shape.PHONE:
            values = [*person.phones]
        if not (told.sort or told.number or told.part):
            return self.showing.cell(about, values if about.many else value)
        return _SORTED[about.shape](self.showing, about, values if about.many else value, told)


def _phone(_showing: Showing, _about: Field, phones: Sequence[Any], told: Holds) -> Cell:
    """The numbers of a sort, or the one of its place."""
    numbers = [str(each.get("number") or "") for each in phones if told.sort in ("", each.get("kind"))]
    chosen = numbers[told.number - 1 : told.number] if told.number else numbers
    return writable("; ".join(chosen)) or None


def _address(showing: Showing, about: Field, addresses: Sequence[Any], told: Holds) -> Cell:
    own = [each for each in addresses if told.sort in ("", each.get("kind"))]
    if not told.part:
        return showing.cell(about, own)
    return writable(str(own[0].get(told.part) or "")) or None if own else None


def _choice(_showing: Showing, _about: Field, codes: Any, told: Holds) -> Cell:
    return int(told.part in codes) if codes else None


def _moment(showing: Showing, about: Field, value: Any, told: Holds) -> Cell:
    when = showing.cell(about, value)
    if not isinstance(when, datetime):
        return when if told.part == "day" else None
    return when.date() if told.part == "day" else f"{when:%H:%M}"


def _numbered(_showing: Showing, _about: Field, values: Sequence[Any], told: Holds) -> Cell:
    """The element of its place."""
    return writable(str(values[told.number - 1])) if told.number and len(values) >= told.number else None


_SORTED: dict[Shape, Callable[[Showing, Field, Any, Holds], Cell]] = dict.fromkeys(Shape, _numbered) | {
    Shape.PHONE: _phone,
    Shape.ADDRESS: _address,
    Shape.CHOICE: _choice,
    Shape.MOMENT: _moment,
}
