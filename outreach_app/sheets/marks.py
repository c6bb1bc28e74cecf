"""Marks that people see and the program reads back: a row's *Version*, a workbook's receipt, a partner's row mark."""

import secrets
from typing import NamedTuple

EXPORT_PROPERTY = "Outreach export"
"""The custom property of a workbook that holds its export's id."""
TITLE = "_outreach"
"""How the title begins of the sheet that a workbook keeps for the program."""
RETURN_TITLE = TITLE + "_return"
"""The same of a return file."""
REVIEW_TITLE = TITLE + "_review"
"""The same of a review that is filled in."""
RECEIPT_PLACE = "the-receipt-goes-here"
"""What stands in a frame where the receipt is put once all rows are counted."""

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [one + other for one in _SYMBOLS for other in _SYMBOLS]
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH, _BITS = 10, 50


class Version(NamedTuple):
    """Where a row comes from: the first 50 bits of its export's id and of its row digest, ten symbols each."""

    export: str
    row: str


def mark_of(digest: bytes) -> str:
    """The first 50 bits of a digest or id as ten symbols of Crockford's base 32."""
    number = int.from_bytes(digest[:7], "big") >> (56 - _BITS)
    return (
        _PAIRS[number >> 40] + _PAIRS[number >> 30 & 1023] + _PAIRS[number >> 20 & 1023]
        + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]
    )  # fmt: skip


def version_text(export: str, digest: bytes) -> str:
    """What a row's *Version* cell says; ``export`` is the mark of the export's id."""
    return f"{export}-{mark_of(digest)}"


def read_version(text: str) -> Version | None:
    """The version a cell says; None where it says none."""
    parts = text.strip().upper().translate(_HEARD).split("-")
    if len(parts) != 2 or any(len(part) != _LENGTH or part.strip(_SYMBOLS) for part in parts):
        return None
    return Version(parts[0], parts[1])


def row_mark() -> str:
    """A new random mark for a row that must not say whose it is."""
    return mark_of(secrets.token_bytes(7))
