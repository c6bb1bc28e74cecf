"""Values as people read and write them: one text for each value, and the value of each text.

``parse(field, shown(field, value))`` gives the value back, for every shape; so what stands in a form, in a cell, in a
history line and after ``FIELD=`` on the command line is one and the same.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from outreach_app.model import addresses, counties, dates
from outreach_app.model.codes import read_code, spaced
from outreach_app.model.errors import BadInput
from outreach_app.model.fields import Field, Shape, Value
from outreach_app.model.letters import well_formed
from outreach_app.model.phones import phone_digits, shown_phone
from outreach_app.model.quoting import joined, parted
from outreach_app.model.vocabularies import folded, vocabulary
from outreach_app.texts import LANGUAGES, _, say

TitleOf = Callable[[str], str | None]
"""(id) -> what the record is called; None where it has not arrived yet."""

Find = Callable[[str, str], str | None]
"""(kind, title or code) -> the id of the one record it names; None where it names none, or several."""

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.0*)?")
_BESIDE = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_FEW = 12  # so many choices can be named in one sentence
_SOME = 6  # so many give an idea of a longer list
_CLOSE = 0.6
_YES, _NO = ("yes", "y", "true", "t", "1", "x", "si", "s"), ("no", "n", "false", "f", "0")


def shown(
    field: Field,
    value: object,
    language: str | None = None,
    title_of: TitleOf | None = None,
    *,
    on_screen: bool = False,
) -> str:
    """A field's value as text; "" where it is empty. It never fails: what it does not know is shown as it is.

    For a list field, ``value`` is its elements, with or without their ids. ``on_screen`` writes phone numbers alike;
    otherwise they stay as they were typed.
    """
    if value is None:
        return ""
    if field.many and isinstance(value, Sequence) and not isinstance(value, str):
        said = (_shown_one(field, plain(each), language, title_of, on_screen) for each in value)
        return joined((each for each in said if each), ";")
    return _shown_one(field, value, language, title_of, on_screen)


def plain(element: Any) -> Any:
    """A list element's value, whether or not it comes with its id."""
    return element["value"] if isinstance(element, Mapping) and element.keys() == {"id", "value"} else element


def _shown_one(field: Field, value: Any, language: str | None, title_of: TitleOf | None, on_screen: bool) -> str:
    match field.shape, value:
        case Shape.REFERENCE, str():
            return (title_of(value) if title_of else None) or value
        case Shape.CHOICE, str():
            return vocabulary(field.vocabulary).label(value, language)
        case Shape.COUNTY, str():
            return counties.label(value, language)
        case Shape.DATE, str():
            return dates.full(value, language)
        case Shape.MOMENT, str():
            return dates.full_moment(value, language)
        case Shape.CODE, str():
            return spaced(value) if read_code(value) == value else value
        case Shape.YES_NO, bool():
            return say("Yes", language) if value else say("No", language)
        case Shape.NUMBER, int():
            return f"{value:,}"
        case Shape.PHONE, Mapping():
            return _shown_phone(value, language, on_screen)
        case Shape.ADDRESS, Mapping():
            return addresses.shown(value, language)
        case _:
            return str(value)


def _shown_phone(value: Mapping[str, Any], language: str | None, on_screen: bool) -> str:
    number = str(value.get("number", ""))
    beside = []
    if value.get("kind"):
        label = vocabulary("phone_kinds").label(str(value["kind"]), language)
        beside.append(label if label.isupper() else label.lower())
    if value.get("text_ok") is not None:
        beside.append(say("text ok", language) if value["text_ok"] else say("no text", language))
    return (shown_phone(number) if on_screen else number) + (f" ({', '.join(beside)})" if beside else "")


def parse(field: Field, text: str, language: str | None = None, find: Find | None = None) -> Value:
    """The value somebody wrote for a field (for a list field, for one element of it); None where nothing is written.

    BadInput, naming the field and what would help, where it cannot be read.
    """
    typed = well_formed(text).strip()
    if not typed:
        return None
    try:
        return _parsed(field, typed, language, find)
    except BadInput as fault:
        raise BadInput(_("{field}: {fault}", field=say(field.label), fault=fault)) from None


def parse_many(field: Field, text: str, language: str | None = None, find: Find | None = None) -> list[Value]:
    """The elements somebody wrote for a list field, one a line or with ``;`` between them."""
    return [parse(field, part, language, find) for part in parted(text, ";\n") if part.strip()]


def same(field: Field, one: object, other: object) -> bool:
    """Whether two values (or two elements of a list) say the same, so that rewriting one as the other is no change."""
    if field.shape is Shape.PHONE and isinstance(one, Mapping) and isinstance(other, Mapping):
        return _phone_key(one) == _phone_key(other)
    return one == other


def alike(value: Any) -> str:
    """What two elements of a list have in common that say the same: a phone's digits, the letters of a text."""
    if isinstance(value, Mapping):
        return "".join(filter(str.isdigit, str(value.get("number", ""))))[-10:] or str(sorted(value.items()))
    return str(value).strip().casefold()


def _phone_key(phone: Mapping[str, Any]) -> tuple[str, object, object]:
    return phone_digits(str(phone.get("number", ""))), phone.get("kind"), phone.get("text_ok")


def _parsed(field: Field, typed: str, language: str | None, find: Find | None) -> Value:
    match field.shape:
        case Shape.TEXT:
            return " ".join(typed.splitlines())
        case Shape.DATE:
            return dates.parse_day(typed, language)
        case Shape.MOMENT:
            return dates.parse_moment(typed, language)
        case Shape.NUMBER:
            return _parsed_number(typed)
        case Shape.YES_NO:
            return _parsed_yes_no(typed)
        case Shape.CHOICE:
            return _parsed_choice(field, typed, language)
        case Shape.REFERENCE:
            return _parsed_reference(field, typed, find)
        case Shape.COUNTY:
            return counties.named(typed)
        case Shape.CODE:
            return _parsed_code(typed)
        case Shape.PHONE:
            return _parsed_phone(typed)
        case Shape.EMAIL:
            return _without_spaces(
                typed, "@", _("“{typed}” is no e-mail address; it needs an @ and no spaces.", typed=typed)
            )
        case Shape.WEB:
            return _without_spaces(
                typed, ".", _("“{typed}” is no web address; it looks like example.org.", typed=typed)
            )
        case Shape.ADDRESS:
            return addresses.parsed(typed)
        case _:
            return typed


def _parsed_number(typed: str) -> int:
    found = _NUMBER.fullmatch(typed)
    if not found or not typed.isascii():
        raise BadInput(_("“{typed}” cannot be used; write a whole number like 12.", typed=typed))
    return int(found[1].replace(",", ""))


def _parsed_yes_no(typed: str) -> bool:
    word = folded(typed)
    if word in _YES or word in {folded(say("Yes", language)) for language in LANGUAGES}:
        return True
    if word in _NO or word in {folded(say("No", language)) for language in LANGUAGES}:
        return False
    raise BadInput(_("“{typed}” is neither yes nor no; write yes, no, or nothing.", typed=typed))


def _parsed_choice(field: Field, typed: str, language: str | None) -> str:
    choices = vocabulary(field.vocabulary)
    code = choices.code_of(typed)
    if code is not None:
        return code
    labels = list(choices.labels(language).values())
    if len(labels) <= _FEW:
        raise BadInput(_("“{typed}” is not in its list; it can be {choices}.", typed=typed, choices=", ".join(labels)))
    near = difflib.get_close_matches(typed, labels, n=3, cutoff=_CLOSE)
    if near:
        raise BadInput(_("“{typed}” is not in its list; did you mean {choices}?", typed=typed, choices=", ".join(near)))
    some = ", ".join(labels[:_SOME])
    raise BadInput(
        _("“{typed}” is not in its list of {n}, such as {choices}.", typed=typed, n=len(labels), choices=some)
    )


def _parsed_reference(field: Field, typed: str, find: Find | None) -> str:
    if _ID.fullmatch(typed):
        return typed
    found = find(field.refers_to, typed) if find else None
    if found is None:
        raise BadInput(_("nothing here is called just “{typed}”; use its code, or add it first.", typed=typed))
    return found


def _parsed_code(typed: str) -> str:
    code = read_code(typed)
    if code is None:
        raise BadInput(_("“{typed}” is no code; compare it with the paper once more.", typed=typed))
    return code


def _parsed_phone(typed: str) -> dict[str, Any]:
    """A number, and what stands in brackets behind it; brackets that are not understood are part of the number."""
    number, beside = typed, {}
    found = _BESIDE.fullmatch(typed)
    if found:
        understood = _beside_phone(part for part in re.split(r"[,;]", found[2]) if part.strip())
        if understood:
            number, beside = found[1], understood
    if not any(sign.isdigit() for sign in number):
        raise BadInput(_("“{typed}” has no digits; write the number.", typed=typed))
    return {"number": number, **beside}


def _beside_phone(parts: Iterable[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in parts:
        word = folded(part)
        kind = vocabulary("phone_kinds").code_of(part)
        if kind and "kind" not in told:
            told["kind"] = kind
        elif word in {folded(say("text ok", language)) for language in LANGUAGES}:
            told["text_ok"] = True
        elif word in {folded(say("no text", language)) for language in LANGUAGES}:
            told["text_ok"] = False
        else:
            return {}
    return told


def _without_spaces(typed: str, needed: str, fault: str) -> str:
    before, found, after = typed.partition(needed)
    if not (before and found and after) or len(typed.split()) > 1:
        raise BadInput(fault)
    return typed
