"""Addresses as one line: the way people write them where that reads back, else part by part."""

import re
from collections.abc import Mapping
from typing import Any

from outreach_app.model.errors import BadInput
from outreach_app.model.quoting import joined, parted
from outreach_app.model.vocabularies import vocabulary
from outreach_app.texts import _

PARTS = ("name", "street", "town", "state", "zip")
_STATE_ZIP = re.compile(r"([A-Z]{2})?\s*(\d{5}(?:-\d{4})?)?")
_KIND = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_NAMED = re.compile(r"([^:,|]+):\s+(\S.*)")


def shown(address: Mapping[str, Any], language: str | None = None) -> str:
    """One line: "Fair Oaks Center: 12 Main St, Bryson City, NC 28713 (Mailing address)"."""
    parts = {part: str(address[part]) for part in PARTS if address.get(part)}
    kind = str(address.get("kind") or "physical")
    mark = f" ({vocabulary('address_kinds').label(kind, language)})"
    written = {"kind": kind, **parts}
    by_part = _part_by_part(parts)
    for line in (_as_people_write(parts), by_part):
        for whole in (line, line + mark) if kind == "physical" else (line + mark,):
            if _read(whole) == written:
                return whole
    return by_part + mark


def _as_people_write(parts: Mapping[str, str]) -> str:
    state_zip = " ".join(parts[part] for part in ("state", "zip") if part in parts)
    line = ", ".join(part for part in (parts.get("street"), parts.get("town"), state_zip) if part)
    return f"{parts['name']}: {line}" if "name" in parts else line


def _part_by_part(parts: Mapping[str, str]) -> str:
    last = max((at for at, part in enumerate(PARTS) if part in parts), default=0)
    return joined((parts.get(part, "") for part in PARTS[: max(last, 1) + 1]), "|").strip()


def parsed(typed: str) -> dict[str, Any]:
    """The parts of an address somebody wrote; BadInput where nothing can be made of it."""
    address = _read(typed)
    if len(address) == 1:
        raise BadInput(_("“{typed}” is no address; write street, town, state ZIP.", typed=typed))
    return address


def _read(typed: str) -> dict[str, Any]:
    kind, line = "physical", typed.strip()
    marked = _KIND.fullmatch(line)
    if marked and (code := vocabulary("address_kinds").code_of(marked[2])):
        kind, line = code, marked[1]
    parts = _by_part(line) if "|" in line else _by_comma(line)
    return {"kind": kind, **{part: parts[part] for part in PARTS if parts.get(part)}}


def _by_part(line: str) -> dict[str, str]:
    return dict(zip(PARTS, parted(line, "|"), strict=False))


def _by_comma(line: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    named = _NAMED.fullmatch(line)
    if named:
        parts["name"], line = named[1].strip(), named[2]
    pieces = [piece.strip() for piece in line.split(",") if piece.strip()]
    state_zip = _STATE_ZIP.fullmatch(pieces[-1]) if pieces else None
    if state_zip:
        parts["state"], parts["zip"] = state_zip[1] or "", state_zip[2] or ""
        pieces.pop()
    if len(pieces) == 1 and any(sign.isdigit() for sign in pieces[0]):
        parts["street"] = pieces[0]
    elif pieces:
        parts["street"], parts["town"] = ", ".join(pieces[:-1]), pieces[-1]
    return parts
