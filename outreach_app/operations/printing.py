"""Sign-in sheets: numbered, recorded when made, so that what comes back is known for what it is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outreach_app.journal.changes import Changes
from outreach_app.model import counties
from outreach_app.model.dates import heading
from outreach_app.model.errors import NotFound
from outreach_app.model.logos import logo_bytes
from outreach_app.model.settings import LOGO
from outreach_app.operations.settings import department_name, notices, settings
from outreach_app.paper.sheets import RenderedSheet, SheetLine, SheetRequest, render_sheet
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _

DEFAULT_LINES = 24


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What staff choose of a sheet."""

    languages: tuple[str, ...] = ("en", "es")
    blank_lines: int = DEFAULT_LINES
    large_print: bool = False
    prefilled: bool = False
    paper: str = "us-letter"


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet that was made and recorded."""

    id: str
    code: str
    pdf: bytes
    pages: int
    lines: int
    changes: Changes


def make_sheet(store: Store, event: str, choices: SheetChoices = SheetChoices()) -> MadeSheet:
    """Make an event's sign-in sheet and record it. Nothing is recorded of a sheet that could not be drawn."""
    found = _event(store, event)
    names = _expected(store, event) if choices.prefilled else ()
    with store.writing("make_sheet", "paper") as draft:
        made = draft.new("sheets", {"event": event})
        code = draft.short_code(made)
        drawn = _draw(store, found, code, choices, names)
        for name, value in {
            "pages": drawn.pages,
            "lines": drawn.lines,
            "prefilled": len(names),
            "printed_lines": json.dumps([[line.name, line.organization] for line in names], ensure_ascii=False),
            "language": "+".join(choices.languages),
            "large_print": choices.large_print,
            "paper_size": choices.paper,
        }.items():
            draft.set("sheets", made, name, value)
    return MadeSheet(made, code, drawn.pdf, drawn.pages, drawn.lines, draft.changes)


def preview_sheet(store: Store, event: str, choices: SheetChoices) -> RenderedSheet:
    """The sheet as it would be made, with a code that is none; nothing is recorded."""
    names = _expected(store, event) if choices.prefilled else ()
    return _draw(store, _event(store, event), "0000000", choices, names)


def reprint_sheet(store: Store, sheet: str, page: int | None = None) -> RenderedSheet:
    """A sheet again, or one page of it, just as it was made."""
    view = store.get("sheets", sheet)
    if view is None or not view.values["event"]:
        raise NotFound(_("That sheet is not on this laptop."))
    values = view.values
    names = tuple(SheetLine(*line) for line in json.loads(values["printed_lines"] or "[]"))
    choices = SheetChoices(
        tuple((values["language"] or "en").split("+")), (values["lines"] or 0) - len(names),
        bool(values["large_print"]), bool(names), values["paper_size"] or "us-letter",
    )  # fmt: skip
    return _draw(store, _event(store, values["event"]), view.code, choices, names, page)


def _event(store: Store, event: str) -> View:
    found = store.get("events", event)
    if found is None:
        raise NotFound(_("That event is not on this laptop."))
    return found


def _expected(store: Store, event: str) -> tuple[SheetLine, ...]:
    """Who is expected, by name: only the name and the organization are ever printed."""
    views = store.list("sign_ins", {"event": event, "status": "expected"})
    lines = [
        SheetLine(
            str(view.values["name_as_written"] or view.title),
            view.titles.get(view.values["organization"] or "", "") or view.values["organization_as_written"] or "",
        )
        for view in views
    ]
    return tuple(sorted(lines, key=lambda line: line.name.casefold()))


def _draw(
    store: Store, event: View, code: str, choices: SheetChoices, names: Sequence[SheetLine], page: int | None = None
) -> RenderedSheet:
    values = event.values
    hosts = [
        event.titles.get(values["host"] or "", ""),
        *(event.titles.get(each, "") for each in event.elements("co_hosts")),
    ]
    place = [values["venue_name"], values["town"], counties.label(values["county"]) if values["county"] else ""]
    told = settings(store)
    return render_sheet(
        SheetRequest(
            title=event.title,
            when_text=_when(values, choices.languages),
            place=", ".join(part for part in place if part),
            host=", ".join(host for host in hosts if host),
            department=department_name(store),
            sheet_code=code,
            names=tuple(names),
            blank_lines=choices.blank_lines,
            languages=choices.languages,
            large_print=choices.large_print,
            paper=choices.paper,
            only_page=page,
            contact=told["phone"] or "",
            notice=notices(told),
            logo=logo_bytes(told[LOGO]) if told[LOGO] else b"",
        )
    )


def _when(values: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """When the event is, in each language: its day and hours as one line."""
    if not values["starts"]:
        return {}
    day = date.fromisoformat(values["starts"][:10])
    hours = values["starts"][11:16] + (f"–{values['ends'][11:16]}" if values["ends"] else "")
    return {language: f"{heading(day, language)} {day.year}, {hours}" for language in languages}
