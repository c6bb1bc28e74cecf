"""A segment's body read back (FORMAT.md). Its maker is not trusted: everything is checked for shape and for size.

Whatever is wrong ends in a ValueError, TypeError, KeyError, IndexError or a CBORDecodeError, for the caller to name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import cbor2

from outreach_app.journal.changes import Change, Horizon, Reading, Slot, Stamped, Write, WriteId
from outreach_app.journal.digests import SALT_BYTES, change_digest, is_derived
from outreach_app.model.identifiers import id_text
from outreach_app.store.sweeps import unswept
from outreach_app.sync.encoders import STEM_BYTES, element_base

_DEPTH = 32
_TAIL_BYTES = 16 - STEM_BYTES


def plain_cbor(data: bytes) -> Any:
    """CBOR of bounded depth, each length said beforehand."""
    return cbor2.loads(data, max_depth=_DEPTH, allow_indefinite=False)


def decoded(body: bytes, run: bytes, first: int, device: bytes, audience: str) -> list[Change]:
    """The changes of a body, each with its digest worked out anew."""
    with unswept():
        return list(_Body(plain_cbor(body), run, device, audience).changes(first))


class _Body:
    """The tables and columns of one body, taken row by row."""

    def __init__(self, body: Mapping[str, Any], run: bytes, device: bytes, audience: str) -> None:
        self._body = body
        self._device = device
        self._audience = audience
        self._texts = [_text(each) for each in body["texts"]]
        self._runs = [run, *_pieces(body["runs"], 16)]
        self._slots = [(self._texts[kind], self._texts[field]) for kind, field in body["slots"]]
        self._records = list(_records(body["stems"], _pieces(body["tails"], _TAIL_BYTES), body["clocks"][0] // 1000))
        self._salts = _pieces(body["salts"], SALT_BYTES)[::-1]
        self._row = 0
        self._of = 0
        self._elements, self._replaces, self._ids, self._struck = (
            _sparse(body[name]) for name in ("elements", "replaces", "ids", "struck")
        )

    def changes(self, first: int) -> Iterator[Change]:
        """The changes in order, the first of which has the number ``first``."""
        body = self._body
        undoes, leasts, readings, statements = (
            _sparse(body[name]) for name in ("undoes", "leasts", "readings", "statements")
        )
        clock, number = 0, _number(first)
        columns = zip(body["clocks"], body["verbs"], body["authors"], body["sources"], body["sizes"], strict=True)
        for row, (later, verb, author, source, size) in enumerate(columns):
            clock = _number(clock + later)
            change = Change(
                id=WriteId(self._runs[0], number),
                audience=self._audience,
                author=self._texts[author],
                device=self._device,
                clock=clock,
                source=self._texts[source],
                verb=self._texts[verb],
                writes=tuple(self._write(number + 1 + position, clock) for position in range(size)),
                readings=tuple(self._reading(each, clock) for each in readings.get(row, ())),
                undoes=self._reference(undoes[row]) if row in undoes else None,
                least=_number(leasts.get(row, 1)),
                statements=tuple(map(_statement, statements.get(row, ()))),
            )
            yield replace(change, digest=change_digest(change))
            number = change.last + 1
        if self._row != len(body["of"]) or self._salts:
            raise ValueError("more writes than the changes have")

    def _write(self, number: int, clock: int) -> Write:
        row, body = self._row, self._body
        self._row += 1
        self._of += body["of"][row]
        kind, field = self._slots[body["named"][row]]
        struck = self._struck.get(row)
        write = Write(
            id=self._reference(self._ids.get(row, number)),
            slot=Slot(kind, self._records[self._of], field, _element(self._elements.get(row), clock)),
            value=self._value(body["values"][row]) if struck is None else None,
            replaces=tuple(map(self._reference, self._replaces.get(row, ()))),
            salt=self._salts.pop() if struck is None else b"",
            value_hash=b"" if struck is None else _exactly(struck, 32),
        )
        if write.id in write.replaces:
            raise ValueError("a write that replaces itself")
        return write if row not in self._ids else _derived(write)

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            (place,) = value
            return self._records[place]
        return _json(value)

    def _reference(self, written: Any) -> WriteId:
        if isinstance(written, int):
            return WriteId(self._runs[0], _number(written))
        run, number = written
        return WriteId(self._runs[run], _number(number))

    def _reading(self, written: list[Any], clock: int) -> Reading:
        book, runs, beyond, cells, taught = written
        return Reading(
            book=_exactly(book, 16),
            horizon=Horizon(
                {self._runs[run]: _number(number) for run, number in runs}, frozenset(map(self._reference, beyond))
            ),
            cells={
                (self._records[record], self._texts[field]): frozenset(map(self._reference, ids))
                for record, field, ids in cells
            },
            taught=tuple(self._taught(each, clock) for each in taught),
        )

    def _taught(self, written: list[Any], clock: int) -> Stamped:
        this, record, slot, element, value, replaces, salt, struck, age, author, device, source, change = written
        kind, field = self._slots[slot]
        write = Write(
            id=self._reference(this),
            slot=Slot(kind, self._records[record], field, _element(element, clock)),
            value=self._value(value) if struck is None else None,
            replaces=tuple(map(self._reference, replaces)),
            salt=_exactly(salt, SALT_BYTES) if struck is None else b"",
            value_hash=b"" if struck is None else _exactly(struck, 32),
        )
        return Stamped(
            write=write,
            clock=_number(clock - age),
            author=self._texts[author],
            device=_exactly(device, 16),
            source=self._texts[source],
            change=None if change is None else self._reference(change),
        )


def _derived(write: Write) -> Write:
    """A write that is not numbered in its change's run: its id must be what it says, or it could take another's."""
    if not is_derived(write):
        raise ValueError("an id of nothing that is said")
    return write


def _records(stems: list[int], tails: list[bytes], before: int) -> Iterator[str]:
    for later, tail in zip(stems, tails, strict=True):
        before += later
        yield id_text(before.to_bytes(STEM_BYTES, "big") + tail)


def _pieces(data: bytes, size: int) -> list[bytes]:
    if not isinstance(data, bytes) or len(data) % size:
        raise ValueError("not whole pieces")
    return [data[at : at + size] for at in range(0, len(data), size)]


def _sparse(column: list[list[Any]]) -> dict[int, Any]:
    """By row, what the few rows have that have any."""
    gaps, items = column
    found, row = {}, -1
    for gap, item in zip(gaps, items, strict=True):
        row += gap + 1
        found[row] = item
    return found


def _element(written: Any, clock: int) -> str:
    if isinstance(written, int):
        return f"{written + element_base(clock):016x}"
    return "" if written is None else _text(written)


def _json(value: Any, depth: int = 0) -> Any:
    """A value, refused where it is none the program could have written; CBOR's tags can make objects of any kind."""
    if value is None or type(value) in (bool, str) or (type(value) is int and -(2**63) <= value < 2**63):
        return value
    if depth < _DEPTH and (type(value) is dict or (type(value) is list and depth)):
        inner = value.values() if type(value) is dict else value
        for each in inner:
            _json(each, depth + 1)
        for name in value if type(value) is dict else ():
            _text(name)
        return value
    raise ValueError("not a value")


def _statement(value: Any) -> Mapping[str, Any]:
    """A statement: a map of names, numbers, bytes and what is made of them; what it says is judged elsewhere."""
    if type(value) is not dict:
        raise TypeError("not a statement")
    _plain(value)
    return value


def _plain(value: Any, depth: int = 0) -> None:
    if type(value) is dict:
        for each in value:
            if type(each) not in (str, bytes):
                raise TypeError("not a name")
        inner: Any = value.values()
    elif type(value) is list:
        inner = value
    elif value is None or type(value) in (bool, str, bytes) or (type(value) is int and -(2**63) <= value < 2**63):
        return
    else:
        raise TypeError("not plain")
    if depth >= _DEPTH:
        raise ValueError("too deep")
    for each in inner:
        _plain(each, depth + 1)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("not a number of a change or write, nor a time since 1970")
    return value


def _exactly(value: Any, size: int) -> bytes:
    if type(value) is not bytes or len(value) != size:
        raise ValueError("not as many bytes")
    return value
