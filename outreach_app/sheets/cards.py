"""Address books of vCards and calendars, read as the tables they could have been: a row a card, a row an event."""

import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
_NAMES = ("Last Name", "First Name", "Middle Name")
_PLACES = (("Address", 2), ("City", 3), ("State", 4), ("Zip Code", 5))


def read_cards(content: bytes, ending: str) -> tuple[Sequence[str], list[Sequence[Cell]]]:
    """The headings and rows of an address book or a calendar. Raises BadInput and Damaged."""
    headings: Sequence[str] = _EVENTS if ending in CALENDARS else _CONTACTS
    rows = _events(content) if ending in CALENDARS else [_row(card) for card in _cards(content)]
    if not rows:
        raise BadInput(_("There is no contact and no event in this file."))
    return headings, rows


def _row(card: Mapping[str, Sequence[str]]) -> Sequence[Cell]:
    return [_BETWEEN.join(card.get(heading, ())) for heading in _CONTACTS]


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    told: str  # what is said of the value, in capitals: ";TYPE=CELL"
    value: str


def _cards(content: bytes) -> Iterator[dict[str, list[str]]]:
    card: dict[str, list[str]] | None = None
    for line in _lines(_decoded(content)):
        if line.name == "BEGIN":
            card = {} if line.value.strip().upper() == "VCARD" else card
        elif line.name == "END" and card is not None:
            yield card
            card = None
        elif card is not None:
            for heading, said in _said(line):
                text = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], said).strip()
                if text and text not in card.setdefault(heading, []):
                    card[heading].append(text)


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
    """The lines, those put together that go on: after a space, or in quoted-printable after an =."""
    whole: list[str] = []
    for line in text.splitlines():
        if whole and whole[-1].endswith("=") and "QUOTED-PRINTABLE" in whole[-1].upper():
            whole[-1] = whole[-1][:-1] + line
        elif line[:1] in (" ", "\t") and whole:
            whole[-1] += line[1:]
        else:
            whole.append(line)
    for line in whole:
        found = _LINE.fullmatch(line)
        if found:
            told, value = found["told"].upper(), found["value"]
            if "QUOTED-PRINTABLE" in told:
                value = quopri.decodestring(value.encode("latin-1", "replace")).decode("utf-8", "replace")
            yield _Line(found["name"].upper(), told, value)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _events(content: bytes) -> list[Sequence[Cell]]:
    from icalendar import Calendar

    try:
        found = [event for each in Calendar.from_ical(content, multiple=True) for event in each.walk("VEVENT")]
        return [_event(event) for event in found]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as fault:
        raise Damaged(
            _("This calendar cannot be read: it is damaged, or no calendar. Please ask for it again.")
        ) from fault


def _event(event: Mapping[str, object]) -> list[Cell]:
    starts, ends = (getattr(event.get(name), "dt", None) for name in ("DTSTART", "DTEND"))
    day = starts.isoformat() if isinstance(starts, date) and not isinstance(starts, datetime) else ""
    said = [str(event.get(name) or "") for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION")]
    return [said[0], said[1], day, _moment(starts), _moment(ends), said[2], said[3]]


def _moment(when: object) -> str:
    """A moment in this computer's time; "" for a day."""
    return when.astimezone().isoformat(timespec="seconds") if isinstance(when, datetime) else ""
