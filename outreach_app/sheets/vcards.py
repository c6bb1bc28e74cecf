"""Contacts as vCards, 4.0 and 3.0. A card's UID is its record's id, so that one taken in again takes its own place."""

import re
from collections.abc import Iterable, Iterator

from outreach_app.sheets.contacts import Contact

VCARD_4, VCARD_3 = "4.0", "3.0"
_LONGEST = 75  # bytes of a line, its end left out
_ESCAPED = re.compile(r"[\\,;]")
_KINDS = {
    "mobile": "cell",
    "home": "home",
    "work": "work",
    "fax": "fax",
    "tty": "textphone",
    "hotline": "voice",
    "other": "voice",
}


def vcards(people: Iterable[Contact], version: str = VCARD_4) -> bytes:
    """A file of cards, one after the other."""
    return "".join(f"{_folded(line)}\r\n" for each in people for line in _lines(each, version)).encode()


def _lines(contact: Contact, version: str) -> Iterator[str]:
    newer = version == VCARD_4
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"UID:urn:uuid:{contact.id}"
    name = contact.text("name")
    yield f"FN:{_escaped(name)}"
    parts = [contact.text(part) for part in ("family_name", "given_name", "middle_name")]
    yield "N:" + ";".join(map(_escaped, (*parts, "", "")))
    if contact.text("preferred_name"):
        yield f"NICKNAME:{_escaped(contact.text('preferred_name'))}"
    if contact.text("organization"):
        yield f"ORG:{_escaped(contact.text('organization'))}"
    if contact.text("job_title"):
        yield f"TITLE:{_escaped(contact.text('job_title'))}"
    for phone in contact.phones:
        kind = _KINDS.get(str(phone.get("kind") or ""), "voice")
        kinds = [kind] + (["text"] if phone.get("text_ok") and newer else [])
        told = kinds if newer else [each.upper() for each in kinds if each != "textphone"] or ["VOICE"]
        types = f'"{",".join(told)}"' if len(told) > 1 else told[0]
        yield f"TEL;TYPE={types}:{_escaped(str(phone.get('number') or ''))}"
    for email in contact.emails:
        yield f"EMAIL{'' if newer else ';TYPE=INTERNET'}:{_escaped(email)}"
    address = [contact.text(part) for part in ("street", "town", "state", "zip")]
    if any(address):
        yield f"ADR;TYPE={'home' if newer else 'HOME'}:;;" + ";".join(map(_escaped, (*address, "")))
    yield "END:VCARD"


def _escaped(text: str) -> str:
    """A text as a value: what separates is escaped, and a line break is two letters."""
    plain = "\n".join(text.splitlines())
    plain = "".join(sign for sign in plain if sign == "\n" or sign >= " ")
    return _ESCAPED.sub(r"\\\g<0>", plain).replace("\n", r"\n")


def _folded(line: str) -> str:
    """A line of at most so many bytes, gone on with in lines that begin with a space; no letter is torn."""
    raw = line.encode("utf-8", "replace")
    parts: list[str] = []
    while len(raw) > _LONGEST - bool(parts):
        end = _LONGEST - bool(parts)
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(raw[:end].decode())
        raw = raw[end:]
    return "\r\n ".join([*parts, raw.decode()])
