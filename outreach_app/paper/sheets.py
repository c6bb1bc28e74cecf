"""The sign-in sheet: what it asks, in which languages, for whom it is filled in beforehand.

The department's own wording of the notice, reviewed by whoever answers for its public records, replaces the neutral one
here (:attr:`SheetRequest.notice`). Whatever the wording, a sheet asks nothing about health and nothing about who a
person is: the next signer reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach_app.model.codes import spaced
from outreach_app.model.errors import BadInput
from outreach_app.model.logos import logo_format, logo_size
from outreach_app.paper.codes import picture_svg, qr_svg
from outreach_app.paper.renderer import ask, render
from outreach_app.texts import _, say

PAPERS = ("us-letter", "us-legal", "a4")
MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and how much of the page's free width it takes beside the others."""

    label: str
    share: float = 0.0  # 0: as wide as what is printed in it


COLUMNS: Mapping[str, Column] = {
    "name": Column(label="Name", share=2.35),
    "organization": Column(label="Organization, if any", share=2.05),
    "reach": Column(label="Phone or e-mail", share=2.15),
    "place": Column(label="ZIP or town", share=1.35),
    "consent": Column(label="May we contact you?"),
}
"""The columns one may choose from, in their order. The number stands before them; and where names are printed
beforehand, a box to mark for those who are here."""

_CHOICES = ("call", "text", "e-mail", "no")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Who is expected, as printed on one line."""

    name: str
    organization: str = ""


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """A sign-in sheet to make. Mappings are by language code; a language they lack falls to what there is."""

    title: str
    when_text: Mapping[str, str]
    place: str
    host: str  # with whom, or ""
    department: str
    sheet_code: str  # as stored, "K7Q4M2X"
    names: tuple[SheetLine, ...] = ()
    blank_lines: int = 33
    languages: tuple[str, ...] = ("en",)  # the first leads; the others stand below it, smaller
    large_print: bool = False
    paper: str = "us-letter"  # one of PAPERS, on its long side
    only_page: int | None = None  # one page of the sheet, as it stands in the whole
    notice: Mapping[str, str] = field(default_factory=dict)  # the department's own wording
    contact: str = ""  # the phone or address to withdraw by, for the notice
    logo: bytes = b""  # the department's, PNG or JPEG
    columns: tuple[str, ...] = tuple(COLUMNS)  # "name" among them


@dataclass(frozen=True, slots=True)
class RenderedSheet:
    """A made sheet. ``pages``, ``lines`` and ``spans`` are of the whole sheet, also where one page was drawn."""

    pdf: bytes
    pages: int
    lines: int
    spans: tuple[tuple[int, int], ...]  # the first and the last line of each page


def render_sheet(request: SheetRequest) -> RenderedSheet:
    """Set the sheet: every line of it, on as many pages as they need. Raises BadInput for what cannot be printed."""
    _check(request)
    data = _data(request)
    layout = ask("sign-in-sheet", data)
    numbers = _numbers(len(layout), request.only_page)
    drawn = [_page(request, number, layout, first=number == numbers[0]) for number in numbers]
    return RenderedSheet(
        pdf=render("sign-in-sheet", {**data, "pages": drawn}),
        pages=len(layout),
        lines=len(request.names) + request.blank_lines,
        spans=tuple((lines[0]["number"], lines[-1]["number"]) for lines in layout),
    )


def _check(request: SheetRequest) -> None:
    lines = len(request.names) + request.blank_lines
    if request.blank_lines < 0 or lines < 1:
        raise BadInput(_("A sign-in sheet needs at least one line. Please say how many."))
    if lines > MOST_LINES:
        raise BadInput(_("A sign-in sheet has at most {most} lines. Please make two sheets.", most=f"{MOST_LINES:,}"))
    if request.paper not in PAPERS or not request.languages or not {"name"} <= set(request.columns) <= set(COLUMNS):
        raise ValueError("paper, languages or columns of a sheet")


def _numbers(pages: int, only: int | None) -> range:
    """The pages to draw: all, or the one that is asked for."""
    if only is None:
        return range(1, pages + 1)
    if not 1 <= only <= pages:
        raise BadInput(_("This sheet has pages 1 to {pages}. There is no page {page}.", pages=pages, page=only))
    return range(only, only + 1)


def _data(request: SheetRequest) -> dict[str, Any]:
    """All that the template prints but the pages' own: plain text, each said in the sheet's languages."""
    leading = request.languages[0]
    code = spaced(request.sheet_code)
    return {
        "title": say("{event}: sign-in sheet {code}", leading, event=_line(request.title), code=code),
        "event": _line(request.title),
        "department": _line(request.department),
        "logo": _logo(request),
        "languages": list(request.languages),
        "paper": request.paper,
        "large": request.large_print,
        "details": _details(request),
        "sheet_label": _said(request, "Sheet"),
        "sheet_code": code,
        "columns": _columns(request),
        "choices": [_said(request, choice) for choice in _CHOICES],
        "notice": _notice(request),
        "page_label": _said(request, "Page {page} of {pages}"),  # the template knows which, and of how many
        "names": [{"name": _line(who.name), "organization": _line(who.organization)} for who in request.names],
        "blank_lines": request.blank_lines,
        "pages": None,
    }


def _logo(request: SheetRequest) -> dict[str, Any] | None:
    """The logo as the template draws it, in a frame of its own shape; ``shape``: how often as wide as high."""
    wide, high = logo_size(request.logo)
    if not (wide and high):
        return None
    return {
        "svg": picture_svg(request.logo, logo_format(request.logo), wide, high),
        "shape": wide / high,
        "says": say("Logo of {department}", request.languages[0], department=_line(request.department)),
    }


def _columns(request: SheetRequest) -> list[dict[str, Any]]:
    chosen = [(name, column) for name, column in COLUMNS.items() if name in request.columns]
    before = [("number", Column(label="#"))] + ([("here", Column(label="Here"))] if request.names else [])
    return [
        {"name": name, "label": _said(request, column.label), "share": column.share}
        for name, column in [*before, *chosen]
    ]


def _details(request: SheetRequest) -> list[list[dict[str, str]]]:
    """The lines below the title: when and where, and who invites. The place is said once, names have no language."""
    leading = request.languages[0]
    first, *more = _without_repeats([(language, _in(request.when_text, language)) for language in request.languages])
    first["text"] = " · ".join(part for part in (first["text"], _line(request.place)) if part)
    invites = _line(request.department)
    if request.host and _line(request.host) != invites:
        invites = say("{department}, with {host}", leading, department=invites, host=_line(request.host))
    return [[first, *more], [{"language": leading, "text": invites}]]


def _notice(request: SheetRequest) -> list[dict[str, str]]:
    """Who keeps the sheet, who may read it, what a mark allows, and how to withdraw it."""
    said = []
    for language in request.languages:
        who = say(
            "A name is enough. {department} keeps this sheet; its staff and those who sign after you can read it, "
            "and it may be a public record that others ask to see.",
            language,
            department=_line(request.department),
        )
        parts = [who]
        if "consent" in request.columns:
            parts.append(say("A box you mark lets the department contact you that way.", language))
        if request.contact:
            parts.append(say("To change your mind, call {contact}.", language, contact=_line(request.contact)))
        else:
            parts.append(say("To change your mind, tell any of our staff.", language))
        said.append((language, request.notice.get(language) or " ".join(parts)))
    return _without_repeats(said)


def _page(request: SheetRequest, number: int, layout: list[Any], *, first: bool) -> dict[str, Any]:
    """What the template draws a page from. The first drawn is read aloud whole; the others' heads and feet are not."""
    code = spaced(request.sheet_code)
    return {
        "number": number,
        "of": len(layout),
        "first": first,
        "lines": layout[number - 1],
        "qr": qr_svg(f"OUTREACH:{request.sheet_code}:{number}"),
        "qr_says": say("Square code of sheet {code}, page {page}", request.languages[0], code=code, page=number),
    }


def _said(request: SheetRequest, text: str) -> list[dict[str, str]]:
    return _without_repeats([(language, say(text, language)) for language in request.languages])


def _without_repeats(said: list[tuple[str, str]]) -> list[dict[str, str]]:
    """What is the same in two languages ("no") is said once."""
    first: dict[str, str] = {}
    for language, text in said:
        first.setdefault(text, language)
    return [{"language": language, "text": text} for text, language in first.items()]


def _in(texts: Mapping[str, str], language: str) -> str:
    return _line(texts.get(language) or next(iter(texts.values()), ""))


def _line(text: str) -> str:
    return " ".join(text.split())
