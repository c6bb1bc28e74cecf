"""A department's logo, as it is kept: a small picture in text, so that it travels like any other value."""

import base64
import binascii

from outreach_app.model.errors import BadInput
from outreach_app.texts import _

MOST_BYTES = 200_000
MOST_SIDE = 3_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the marks of a JPEG that tell its size
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


def kept_logo(picture: bytes) -> str:
    """A picture as it is kept. Raises BadInput for what is no PNG or JPEG, or too large to be sent to every laptop."""
    fault = _fault(picture)
    if fault:
        raise BadInput(fault)
    return base64.b64encode(picture).decode("ascii")


def logo_fault(kept: str) -> str:
    """Why what is kept cannot be a logo, "" where it can."""
    return _fault(logo_bytes(kept))


def logo_bytes(kept: str) -> bytes:
    """The picture of what is kept; b"" where it is none."""
    try:
        return base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        return b""


def logo_format(picture: bytes) -> str:
    """ "png" or "jpeg"; "" for anything else."""
    return next((name for beginning, name in _BEGINNINGS.items() if picture.startswith(beginning)), "")


def _fault(picture: bytes) -> str:
    if len(picture) > MOST_BYTES:
        return _("it is larger than {most} KB; save it smaller.", most=MOST_BYTES // 1000)
    wide, high = logo_size(picture)
    if not logo_format(picture) or not (wide and high):
        return _("it must be a PNG or JPEG picture; save it as one.")
    if max(wide, high) > MOST_SIDE:
        return _("it is more than {most} points wide or high; save it smaller.", most=f"{MOST_SIDE:,}")
    return ""


def logo_size(picture: bytes) -> tuple[int, int]:
    """Width and height by the picture's own head, (0, 0) where it has none: a small file may unfold to gigabytes."""
    if logo_format(picture) == "png":
        return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:
        if picture[at + 1] in _FRAMES:
            return int.from_bytes(picture[at + 7 : at + 9]), int.from_bytes(picture[at + 5 : at + 7])
        at += 2 + int.from_bytes(picture[at + 2 : at + 4])
    return 0, 0
