"""The page that the program keeps for itself in a workbook: strings, one below the other, signed by its maker.

The first string is a sentence for people who find the page. Each other begins with a letter:

    h  header     b  rows     t  tables, horizon and counts     e  a page enclosed
    c  the string before goes on     s  signature

then base64 of zlib of CBOR (the signature: base64 alone). The signature, Ed25519, is over the SHA-256 of all strings
between the sentence and itself, each ended by a line feed. Nothing in it is secret, and nothing of it is trusted before
the signature fits.
"""

import base64
import binascii
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import cbor2

from outreach_app.sheets.books import Signer
from outreach_app.texts import say

if TYPE_CHECKING:
    from concurrent.futures import Executor

FORMAT = 1
RETURNED = "returned"
"""In the header of a return file: what it tells the laptop it is for."""
_STRING = 32_000  # characters in one string, under the most that a cell holds
_LEVEL = 1  # of packing: the most takes three times as long to spare a twentieth
_BLOCK = 160_000  # bytes of rows packed together
_LARGEST = 64_000_000  # bytes that one packed part may unfold to
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, cbor2.CBORError)
"""What reading a page raises that was signed, but by somebody who meant no good."""


class PageError(ValueError):
    """The page is there, but not as it was signed."""


class PageWriter:
    """Makes the strings of a page, rows as they come."""

    def __init__(self, header: Mapping[str, Any], language: str, beside: "Executor | None" = None) -> None:
        self._sentence = say("This page lets Outreach read the workbook back. Please leave it as it is.", language)
        self._beside = beside  # packs parts while others are made
        self._parts: deque[tuple[str, Callable[[], bytes]]] = deque()
        self._add("h", cbor2.dumps(dict(header)))
        self._rows: list[bytes] = []
        self._kind, self._held = -1, 0

    def add(self, kind: int, row: bytes) -> None:
        """One packed row of the header's kind number ``kind``."""
        if kind != self._kind or self._held > _BLOCK:
            self._flush()
            self._kind = kind
        self._rows.append(row)
        self._held += len(row)

    def _add(self, letter: str, raw: bytes) -> None:
        pack = partial(zlib.compress, raw, _LEVEL)
        self._parts.append((letter, self._beside.submit(pack).result if self._beside else pack))

    def _flush(self) -> None:
        if self._rows:
            self._add("b", cbor2.dumps([self._kind, self._rows]))
        self._rows, self._held = [], 0

    def close(self, trailer: Mapping[str, Any], enclosed: Iterable[bytes], signer: Signer) -> Iterator[str]:
        """All strings of the page, signed. Each is let go of when the next is asked for."""
        self._flush()
        self._add("t", cbor2.dumps(dict(trailer)))
        for page in enclosed:
            self._add("e", page)
        yield self._sentence
        digest = sha256()
        while self._parts:
            letter, packed = self._parts.popleft()
            for string in _strings(letter, packed()):
                digest.update(string.encode() + b"\n")
                yield string
        yield "s" + base64.b64encode(signer.sign(digest.digest())).decode()


@dataclass(frozen=True)
class Page:
    """A page as it was signed. ``rows``: (kind number, packed rows); ``whole``: itself, to be passed on enclosed."""

    header: Mapping[str, Any]
    trailer: Mapping[str, Any]
    rows: Sequence[tuple[int, Sequence[bytes]]]
    enclosed: tuple[bytes, ...]
    whole: bytes


def read_page(strings: Sequence[str]) -> Page:
    """The page of these strings. Raises PageError where they are not what the key in their header signed."""
    told = [string for string in (str(each).strip() for each in strings[1:]) if string]
    try:
        if not told or not told[-1].startswith("s"):
            raise PageError
        signature = base64.b64decode(told[-1][1:], validate=True)
        parts = list(_unpacked(told[:-1]))
        header = cbor2.loads(parts[0][1])
        _verify(header["key"], _digest(told[:-1]), signature)
        rows = [_block(raw) for letter, raw in parts if letter == "b"]
        trailer = next(cbor2.loads(raw) for letter, raw in parts if letter == "t")
    except (*MALFORMED, binascii.Error, zlib.error, StopIteration) as fault:
        raise PageError from fault
    if parts[0][0] != "h" or header.get("format") != FORMAT:
        raise PageError
    whole = cbor2.dumps(told)
    return Page(header, trailer, rows, tuple(raw for letter, raw in parts if letter == "e"), whole)


def read_enclosed(page: bytes) -> Page:
    """A page that was passed on. Raises PageError."""
    try:
        strings = cbor2.loads(page)
    except MALFORMED as fault:
        raise PageError from fault
    if not isinstance(strings, list):
        raise PageError
    return read_page(["", *map(str, strings)])


def _block(raw: bytes) -> tuple[int, list[bytes]]:
    kind, rows = cbor2.loads(raw)
    return int(kind), [bytes(row) for row in rows]


def _verify(key: bytes, digest: bytes, signature: bytes) -> None:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(digest, signature)
    except CryptoError as fault:
        raise PageError from fault


def _strings(letter: str, packed: bytes) -> Iterator[str]:
    text = base64.b64encode(packed).decode()
    for start in range(0, len(text), _STRING):
        yield (letter if start == 0 else "c") + text[start : start + _STRING]


def _unpacked(strings: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    letter, text = "", ""
    for string in [*strings, "."]:
        if string[0] == "c":
            text += string[1:]
            continue
        if letter:
            yield letter, _inflated(base64.b64decode(text, validate=True))
        letter, text = string[0], string[1:]


def _inflated(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(packed, _LARGEST)
    if not unpacking.eof:
        raise PageError
    return raw


def _digest(strings: Sequence[str]) -> bytes:
    digest = sha256()
    for string in strings:
        digest.update(string.encode() + b"\n")
    return digest.digest()
