"""The one renderer: a Typst template of ``resources/paper`` and its data give a tagged PDF.

Data reaches the template as one JSON string it parses itself, never as markup, so no name can change a sheet; and it
stays in memory, because no temporary file may hold what a sheet says. The same data give the same bytes: nothing is
dated, and the fonts are the program's own, except where they lack a character that the laptop's fonts have.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from outreach_app.assets import asset

if TYPE_CHECKING:
    from typst import Fonts

_LAST_SURELY_OURS = "\u024f"  # the end of Latin Extended-B: what is below needs no look at the fonts
_PLACE = re.compile(r"[\w-]+\.typ:\d+:\d+")
_BLANKS = re.compile("[\t\r\v\f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


class TemplateFault(RuntimeError):
    """A template could not be set: a bug of ours. It names the place in the template, never what was to be printed."""


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) of a template, named by its file without suffix, and its JSON data.

    ``data`` holds what the template asks for, and always ``title``, ``department``, ``languages`` and ``paper``. A
    character that no font on this laptop has is printed as an empty box, and the PDF then makes no claim to PDF/UA.
    """
    import typst

    text = _as_json(data)
    try:
        return _compiled(template, text, claimed=True)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise _fault(template, error) from None
    try:
        return _compiled(template, text, claimed=False)
    except typst.TypstError as error:
        raise _fault(template, error) from None


def ask(template: str, data: Mapping[str, Any]) -> Any:
    """What a template says of its own layout: the JSON value it labels ``<layout>``."""
    import typst

    text = _as_json(data)
    try:
        found = typst.query(
            asset("paper", f"{template}.typ"),
            "<layout>",
            field="value",
            one=True,
            root=asset("paper"),
            font_paths=_fonts_for(text),
            sys_inputs={"data": text},
        )
    except RuntimeError as error:  # a query's faults are no TypstError
        raise _fault(template, error) from None
    return json.loads(found)


def _compiled(template: str, text: str, *, claimed: bool) -> bytes:
    import typst

    return typst.compile(
        asset("paper", f"{template}.typ"),
        root=asset("paper"),
        font_paths=_fonts_for(text),
        sys_inputs={"data": text},
        pdf_standards=["ua-1"] if claimed else [],
        timestamp=0,
    )


def _fault(template: str, error: RuntimeError) -> TemplateFault:
    """The fault with its line in our own template; Typst's message may quote what was to be printed."""
    place = _PLACE.search(getattr(error, "diagnostic", ""))
    return TemplateFault(place[0] if place else template)


def _as_json(data: Mapping[str, Any]) -> str:
    return json.dumps(_printable(data), ensure_ascii=False, separators=(",", ":"))


def _printable(value: Any) -> Any:
    """``value`` with its texts rid of what no font can show: a control character would stop the whole sheet."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", _BLANKS.sub(" ", value))
    if isinstance(value, Mapping):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value


def _fonts_for(text: str) -> "Fonts":
    """Our fonts; with the laptop's own behind them where ours do not have all characters of ``text``."""
    rare = frozenset(letter for letter in set(text) if letter > _LAST_SURELY_OURS)
    return _fonts(system=bool(rare) and not _ours_show(rare))


@cache
def _fonts(*, system: bool) -> "Fonts":
    import typst

    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[asset("fonts")])


def _ours_show(letters: frozenset[str]) -> bool:
    """Whether our fonts have all these characters: PDF/UA refuses a page with one that is missing."""
    import typst

    page = b'#set document(title: [-])\n#set text(font: "Noto Sans")\n#sys.inputs.letters'
    words = {"letters": " ".join(sorted(letters))}
    try:
        typst.compile(page, font_paths=_fonts(system=False), sys_inputs=words, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
