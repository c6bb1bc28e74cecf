"""Organizations and affiliations as a partner directory's rows build them up, and the values of single cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach_app.model import counties
from outreach_app.model.errors import BadInput
from outreach_app.model.vocabularies import folded, vocabulary

Row = Mapping[str, str]

_PHONE_KINDS = {"voice": "work", "cell": "mobile", "textphone": "tty", "fax": "fax", "tty": "tty", "hotline": "hotline"}
_PHONE_WORDS = {"work": "Phone", "fax": "Fax", "tty": "TTY", "hotline": "Hotline"}
_TEXTS = frozenset({"sms", "text"})
_OF_SERVICES = (("To apply", "application_process"), ("Fees", "fees"), ("Serves", "service_areas"))
_NEXT_SENTENCE = re.compile(r"(?<=[.!?\]])\s+(?=[A-Z\[])")
_BETWEEN = re.compile(r",\s*(?![^()]*\))")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_AT_HOME = frozenset({"", "us", "usa", "united states", "united states of america"})


def slug(text: str) -> str:
    """Text as part of a key."""
    return _NOT_A_LETTER.sub("-", folded(text)).strip("-")


def one_line(text: str) -> str:
    """Text without line breaks and doubled spaces."""
    return " ".join(text.split())


def sentence(text: str) -> str:
    """Text on one line, closed by a full stop."""
    line = one_line(text)
    return line if not line or line[-1] in ".!?" else line + "."


def add_new(values: list[Any], value: Any) -> None:
    """Append what is not there yet."""
    if value not in values:
        values.append(value)


def phone_value(row: Row) -> dict[str, Any]:
    """A phone as a list element: the number as written, its prefix before and its extension behind it."""
    number = " ".join(part for part in (row.get("country_prefix", ""), row["number"]) if part)
    if row.get("extension"):
        number += f" ext. {row['extension']}"
    kind = row.get("number_type", "").lower()
    if kind in _TEXTS:
        return {"number": number, "kind": "other", "text_ok": True}
    return {"number": number, "kind": _PHONE_KINDS.get(kind, "work" if not kind else "other")}


def phone_note(row: Row, phone: Mapping[str, Any]) -> str:
    """A phone as the notes tell it, with what the list of phones has no room for: whose it is, and its letters."""
    word = "Texts" if phone.get("text_ok") else _PHONE_WORDS.get(phone["kind"], "Phone")
    said = (row.get("department", ""), row.get("vanity_number", ""))
    beside = ", ".join(part for part in said if part and part != word)
    return f"{word} {phone['number']}" + (f" ({beside})" if beside else "")


def address_value(row: Row, kind: str, name: str) -> dict[str, str] | None:
    """An address as a list element; None for one outside the United States."""
    if folded(row.get("country", "")) not in _AT_HOME:
        return None
    street = ", ".join(part for part in (row["address_1"], row.get("address_2", "")) if part)
    state = vocabulary("states").code_of(row.get("state_province", "")) or row.get("state_province", "")
    parts = {"name": name, "street": street, "town": row["city"], "state": state, "zip": row.get("postal_code", "")}
    return {"kind": kind, **{part: text for part, text in parts.items() if text}}


def languages_in(text: str) -> tuple[list[str], list[str]]:
    """The codes of the languages named, and those the vocabulary does not have, as written."""
    known = vocabulary("languages")
    codes: list[str] = []
    others: list[str] = []
    for said in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        outer, _bracket, inner = said.partition("(")
        code = known.code_of(said) or known.code_of(inner.rstrip(") ")) or known.code_of(outer)
        if code:
            add_new(codes, code)
        else:
            add_new(others, said)
    return codes, others


def county_in(row: Row) -> str:
    """The county that a service area is, by its FIPS code or its name; "" for none."""
    for said in (row.get("extent", ""), row.get("name", "")):
        try:
            if said:
                return counties.named(said)
        except BadInput:
            continue
    return ""


def place_notes(row: Row) -> list[str]:
    """What the notes say of a location."""
    told = [f"Also called {row['alternate_name']}"] if row.get("alternate_name") else []
    told += [row["short_desc"]] if row.get("short_desc") else []
    told += [f"Getting there: {row['transportation']}"] if row.get("transportation") else []
    told += [f"Accessible: {row['accessibility'].replace('_', ' ')}"] if row.get("accessibility") else []
    return told


def service_line(row: Row) -> str:
    """A service on one line: its name, and the first sentence of what it is."""
    name = one_line(row["name"])
    if row.get("alternate_name"):
        name += f" ({one_line(row['alternate_name'])})"
    first = _NEXT_SENTENCE.split(one_line(row.get("description", "")), maxsplit=1)[0]
    return f"{name}: {sentence(first)}" if first else name


def service_notes(row: Row) -> list[str]:
    """What else is said of a service: the rest of its description, for whom it is, and how one gets it."""
    told = _NEXT_SENTENCE.split(one_line(row.get("description", "")), maxsplit=1)[1:]
    if folded(row.get("eligibility", "")) not in ("", "none"):
        told.append(f"For: {row['eligibility']}")
    told += [f"{word}: {row[column]}" for word, column in _OF_SERVICES if row.get(column)]
    return told


@dataclass(slots=True)
class PlaceDraft:
    """One location of an organization; it becomes addresses and a line of the notes."""

    organization: str  # its number in the directory
    name: str
    notes: list[str] = field(default_factory=list)
    services: dict[str, list[str]] = field(default_factory=dict)  # what else is said of each, by its name
    phones: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """What the notes say of it and its services; nothing where there is no more than names."""
        told = [sentence(note) for note in self.notes]
        if self.phones:
            told.append(sentence("; ".join(self.phones)))
        lines = [f"{self.name}: {' '.join(told)}"] if told else []
        lines += [f"{name}: {' '.join(map(sentence, more))}" for name, more in self.services.items() if more]
        return lines


@dataclass(slots=True)
class OrganizationDraft:
    """An organization as its rows add to it."""

    source_key: str
    name: str
    values: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    services: set[str] = field(default_factory=set)  # their statuses
    service_notes: dict[str, list[str]] = field(default_factory=dict)  # of those at no location
    other_languages: list[str] = field(default_factory=list)

    def add(self, name: str, value: Any) -> None:
        """Add an element to a list field, unless it is there or empty."""
        if value:
            add_new(self.values.setdefault(name, []), value)

    def add_website(self, address: str) -> None:
        """The first website is the organization's; further ones go to the notes."""
        if not address or address == self.values.get("website"):
            return
        if self.values.setdefault("website", address) != address:
            add_new(self.notes, f"Also {address}")

    def finished(self, places: list[PlaceDraft]) -> dict[str, Any]:
        """Its field values, with the notes that gather what has no field of its own."""
        lines = [*self.notes, *(line for place in places for line in place.lines())]
        lines += [f"{name}: {' '.join(map(sentence, more))}" for name, more in self.service_notes.items() if more]
        if self.phones:
            lines.insert(0, sentence("; ".join(self.phones)))
        if self.other_languages:
            lines.append(f"Other languages: {', '.join(self.other_languages)}.")
        values = dict(self.values)
        if self.services:
            values["status"] = "active" if "active" in self.services else "inactive"
        if lines:
            values["notes"] = "\n".join(lines)
        return values


@dataclass(slots=True)
class AffiliationDraft:
    """A person's place in an organization."""

    source_key: str
    person: str
    organization: str
    values: dict[str, Any]
    own: str = ""  # its id in the directory, where that may be one of ours
