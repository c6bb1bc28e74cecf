"""Address books of vCards and calendars, read as the tables they could have been: a row a card, a row an event."""

import quopri
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from outreach_app.model.errors import BadInput, Damaged
from outreach_app.sheets.cells import Cell
from outreach_app.texts import _

CARDS, CALENDARS = (".vcf", ".vcard"), (".ics", ".ical")
CARD_ENDINGS = (*CARDS, *CALENDARS)
_BETWEEN = " ::: "  # several values of one cell
_CONTACTS = (
    "UID", "Full Name", "First Name", "Middle Name", "Last Name", "Preferred name", "Organization", "Title", "Email",
    "Phone", "Cell", "Home Phone", "Work Phone", "Fax", "Address", "City", "State", "Zip Code", "Notes",
)  # fmt: skip
_EVENTS = ("UID", "Event", "Date", "Start", "End", "Venue", "Notes")
_LINE = re.compile(r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<told>(?:;(?:[^\":;]|\"[^\"]*\")*)*):(?P<value>.*)", re.DOTALL)
_PART = re.compile(r"(?<!\\);")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_WHOLE = {"UID": "UID", "FN": "Full Name", "NICKNAME": "Preferred name", "TITLE": "Title", "NOTE": "Notes"}
_PHONES = (("FAX", "Fax"), ("CELL", "Cell"), ("HOME", "Home Phone"), ("WORK", "Work Phone"))
_Card: TypeAlias = dict[str, dict[str, None]]
"""By heading, what a card says, nothing twice."""
_NAMES = ("Last Name", "First Name", "Middle Name")
_PLACES = (("Address", 2), ("City", 3), ("State", 4), ("Zip Code", 5))


def read_cards(content: bytes, ending: str) -> tuple[Sequence[str], list[Sequence[Cell]]]:
    """The headings and rows of an address book or a calendar. Raises BadInput and Damaged."""
    headings: Sequence[str] = _EVENTS if ending in CALENDARS else _CONTACTS
    rows = _events(content) if ending in CALENDARS else [_row(card) for card in _cards(content)]
    if not rows:
        raise BadInput(_("There is no contact and no event in this file."))
    return headings, rows


def _row(card: _Card) -> Sequence[Cell]:
    return [_BETWEEN.join(card.get(heading, ())) for heading in _CONTACTS]


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    told: str  # what is said of the value, in capitals: ";TYPE=CELL"
    value: str


def _cards(content: bytes) -> Iterator[_Card]:
    """The cards, those within others first; one that the file breaks off in, too."""
    begun: list[_Card] = []
    for line in _lines(_decoded(content)):
        about_card = line.value.strip().upper() == "VCARD"
        if line.name == "BEGIN" and about_card:
            begun.append({})
        elif line.name == "END" and about_card and begun:
            yield begun.pop()
        elif begun:
            for heading, said in _said(line):
                text = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], said).strip()
                if text:
                    begun[-1].setdefault(heading, {})[text] = None
    yield from reversed(begun)


def _said(line: _Line) -> Iterator[tuple[str, str]]:
    """What a line says, by the heading of its column."""
    parts = _PART.split(line.value)
    match line.name:
        case "N":
            yield from zip(_NAMES, parts, strict=False)
        case "ADR":
            yield from ((heading, parts[place]) for heading, place in _PLACES if place < len(parts))
        case "ORG":
            yield "Organization", parts[0]
        case "EMAIL":
            yield "Email", line.value
        case "TEL":
            number = line.value.removeprefix("tel:")
            yield next((heading for kind, heading in _PHONES if kind in line.told), "Phone"), number
        case name if name in _WHOLE:
            yield _WHOLE[name], line.value


def _lines(text: str) -> Iterator[_Line]:
    for line in _whole_lines(text):
        found = _LINE.fullmatch(line)
        if found:
            told, value = found["told"].upper(), found["value"]
            if "QUOTED-PRINTABLE" in told:
                value = _decoded(quopri.decodestring(value.encode("latin-1", "replace")))
            yield _Line(found["name"].upper(), told, value)


def _whole_lines(text: str) -> Iterator[str]:
    """The lines, those put together that go on: after a space, or in quoted-printable after an =. A picture goes on for
    thousands."""
    parts: list[str] = []
    quoted = False
    for line in re.split(r"\r\n|\r|\n", text):
        if quoted and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
        else:
            yield "".join(parts)
            parts, quoted = [line], "QUOTED-PRINTABLE" in line.upper()
    yield "".join(parts)


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _events(content: bytes) -> list[Sequence[Cell]]:
    from icalendar import Calendar

    try:
        found = [
            event for each in Calendar.from_ical(_decoded(content), multiple=True) for event in each.walk("VEVENT")
        ]
        return [_event(event) for event in found]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as fault:
        raise Damaged(
            _("This calendar cannot be read: it is damaged, or no calendar. Please ask for it again.")
        ) from fault


def _event(event: Mapping[str, object]) -> list[Cell]:
    def told(name: str) -> object:
        """What an event says under a name; the first where it says several."""
        found = event.get(name)
        return found[0] if isinstance(found, list) and found else found

    starts, ends = (getattr(told(name), "dt", None) for name in ("DTSTART", "DTEND"))
    day = starts.isoformat() if isinstance(starts, date) and not isinstance(starts, datetime) else ""
    code, name, venue, notes = (str(told(each) or "") for each in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION"))
    if event.get("RRULE") or event.get("RDATE"):  # each day of it would be an event of its own, some without an end
        notes = "\n".join(filter(None, (notes, _("In the calendar it repeats; only its first day is here."))))
    return [code, name, day, _moment(starts), _moment(ends), venue, notes]


def _moment(when: object) -> str:
    """A moment in this computer's time; "" for a day."""
    return when.astimezone().isoformat(timespec="seconds") if isinstance(when, datetime) else ""
