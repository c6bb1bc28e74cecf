"""The outermost layer of every file that sync writes: what it is, how long it is, and whether it is whole.

A frame tells a torn copy from a damaged one, and either from a file of another program or of a newer Outreach, before
any key is asked for. It is the same for every version, so that a newer one is known from damage::

    magic   8 bytes, which kind of file
    version 2 bytes, big-endian: of the payload's format
    length  8 bytes, big-endian: bytes of the payload
    payload
    sum     32 bytes: SHA-256 of all before
"""

import struct
from hashlib import sha256

from outreach_app.model.errors import Damaged, TooNew
from outreach_app.texts import _

_HEAD = struct.Struct(">8sHQ")
_SUM_BYTES = 32
OVERHEAD = _HEAD.size + _SUM_BYTES


class Foreign(Damaged):
    """Not a file of this kind at all."""


class Short(Damaged):
    """Only a part of the file is there: it may still be arriving."""


def framed(magic: bytes, version: int, payload: bytes) -> bytes:
    """``payload`` in its frame."""
    head = _HEAD.pack(magic, version, len(payload)) + payload
    return head + sha256(head).digest()


def unframed(magic: bytes, version: int, data: bytes) -> bytes:
    """The payload. Raises Foreign, Short, TooNew (later than ``version``) or Damaged."""
    if not data or (len(data) < _HEAD.size and data[:8] == magic[: len(data)]):
        raise _short()
    if data[:8] != magic:
        raise Foreign(_("This is not a file that Outreach made."))
    _magic, found, length = _HEAD.unpack_from(data)
    if len(data) < OVERHEAD + length:
        raise _short()
    if len(data) > OVERHEAD + length or sha256(data[:-_SUM_BYTES]).digest() != data[-_SUM_BYTES:]:
        raise Damaged(_("This file was damaged on its way. Outreach needs another copy of it."))
    if found > version:
        raise TooNew(_("This file was made by a newer Outreach. Please install the newest version."))
    return data[_HEAD.size : -_SUM_BYTES]


def version_of(data: bytes) -> int:
    """The version of the payload of a whole frame."""
    version: int = _HEAD.unpack_from(data)[1]
    return version


def _short() -> Short:
    return Short(_("This file is not all there yet. Outreach looks again at the next sync."))
