"""A department's logo, as it is kept: a small picture in text, so that it travels like any other value."""

import base64
import binascii

from outreach_app.model.errors import BadInput
from outreach_app.texts import _

MOST_BYTES = 200_000
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


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
    """ "png" or "jpg"; "" for anything else."""
    return next((name for beginning, name in _BEGINNINGS.items() if picture.startswith(beginning)), "")


def _fault(picture: bytes) -> str:
    if len(picture) > MOST_BYTES:
        return _("it is larger than {most} KB; save it smaller.", most=MOST_BYTES // 1000)
    return "" if logo_format(picture) else _("it must be a PNG or JPEG picture; save it as one.")
