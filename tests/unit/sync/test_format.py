"""A segment read by FORMAT.md alone, with other tools: nothing here is imported from the program but what made it."""

import hashlib
import io
import struct
import uuid
from collections.abc import Callable
from typing import Any

import cbor2
import pyrage  # type: ignore[import-untyped]  # its wheel carries no types
import pytest
import zstandard
from nacl.signing import VerifyKey

from outreach_app.journal.changes import Change, Horizon, Reading, Stamped, Write, WriteId
from outreach_app.journal.digests import derived_write, struck
from outreach_app.store.identities import DeviceIdentity, SpaceKeys
from outreach_app.sync.segments import Chain, seal


def sha(*parts: Any) -> bytes:
    return hashlib.sha256(cbor2.dumps(list(parts), canonical=True)).digest()


def sparse(column: Any) -> dict[int, Any]:
    rows, row = {}, 0
    for gap, item in zip(*column, strict=True):
        rows[row + gap] = item
        row += gap + 1
    return rows


class ByTheBook:
    """Reads one segment as the description says."""

    def __init__(self, data: bytes, secret: str) -> None:
        assert data[:8] == bytes.fromhex("894F55545345470A")
        version, length = struct.unpack(">HQ", data[8:18])
        assert (version, len(data)) == (1, length + 50)
        assert hashlib.sha256(data[:-32]).digest() == data[-32:]
        outside = cbor2.loads(data[18:-32])
        self.space, self.device, run, first, last, digest, key, signature, sealed = outside
        told = [*outside[:6], hashlib.sha256(sealed).digest()]
        VerifyKey(key).verify(b"outreach label\0" + cbor2.dumps(told, canonical=True), signature)
        plain = io.BytesIO(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(secret)]))
        inside = cbor2.load(plain)
        self.digest = hashlib.sha256(inside["header"]).digest()
        self.header = cbor2.loads(inside["header"])
        assert [run, first, last, digest] == [*(self.header[name] for name in ("run", "first", "last")), self.digest]
        VerifyKey(self.header["key"]).verify(b"outreach segment\0" + inside["header"], inside["signature"])
        assert hashlib.sha256(self.header["key"]).digest()[:16] == self.header["device"]
        assert run[:8] == self.device[:8]
        self.body = cbor2.loads(zstandard.ZstdDecompressor().decompress(inside["body"]))
        raw = self.body["runs"]
        self.runs = [self.header["run"], *(raw[at : at + 16] for at in range(0, len(raw), 16))]
        self.records = list(self._records())

    def _records(self) -> Any:
        stem = self.body["clocks"][0] // 1000
        for place, more in enumerate(self.body["stems"]):
            stem += more
            tail = self.body["tails"][place * 10 : place * 10 + 10]
            yield str(uuid.UUID(bytes=stem.to_bytes(6, "big") + tail))

    def reference(self, written: Any) -> list[Any]:
        run, number = (0, written) if isinstance(written, int) else written
        return [self.runs[run], number]

    def value(self, written: Any) -> Any:
        return self.records[written[0]] if isinstance(written, list) else written

    def element(self, written: Any, clock: int) -> str:
        return f"{written + clock // 1000 * 2**16:016x}" if isinstance(written, int) else written or ""

    def slot(self, place: int) -> list[str]:
        return [self.body["texts"][each] for each in self.body["slots"][place]]

    def changes(self) -> list[dict[str, Any]]:
        body, texts = self.body, self.body["texts"]
        columns = {name: sparse(body[name]) for name in ("elements", "replaces", "ids", "struck", "undoes", "leasts")}
        readings, statements = sparse(body["readings"]), sparse(body["statements"])
        made, clock, number, row, record, salted = [], 0, self.header["first"], 0, 0, 0
        for place, size in enumerate(body["sizes"]):
            clock += body["clocks"][place]
            writes = []
            for position in range(size):
                record += body["of"][row]
                kind, field = self.slot(body["named"][row])
                hashed = columns["struck"].get(row)
                if hashed is None:
                    salt = body["salts"][salted * 16 : salted * 16 + 16]
                    salted += 1
                    value = cbor2.dumps(self.value(body["values"][row]), canonical=True)
                    hashed = hashlib.sha256(salt + value).digest()
                writes.append(
                    {
                        "id": self.reference(columns["ids"].get(row, number + 1 + position)),
                        "slot": [kind, self.records[record], field, self.element(columns["elements"].get(row), clock)],
                        "replaces": sorted(self.reference(each) for each in columns["replaces"].get(row, [])),
                        "value": self.value(body["values"][row]),
                        "hash": hashed,
                    }
                )
                if row in columns["ids"]:
                    told = cbor2.dumps(["derived", writes[-1]["slot"], hashed])
                    run = hashlib.blake2b(told, digest_size=13).digest()
                    assert (writes[-1]["id"][0][3:], writes[-1]["id"][1]) == (run, 0)
                row += 1
            undoes = columns["undoes"].get(place)
            made.append(
                {
                    "id": [self.header["run"], number],
                    "clock": clock,
                    "author": texts[body["authors"][place]],
                    "source": texts[body["sources"][place]],
                    "verb": texts[body["verbs"][place]],
                    "undoes": None if undoes is None else self.reference(undoes),
                    "least": columns["leasts"].get(place, 1),
                    "writes": writes,
                    "readings": [self.reading(each, clock) for each in readings.get(place, [])],
                    "statements": [
                        hashlib.sha256(cbor2.dumps(each, canonical=True)).digest() for each in statements.get(place, [])
                    ],
                }
            )
            number += 1 + size
        return made

    def reading(self, written: Any, clock: int) -> bytes:
        book, runs, beyond, cells, taught = written
        return sha(
            "reading",
            book,
            sorted([self.runs[run], number] for run, number in runs),
            sorted(self.reference(each) for each in beyond),
            sorted(
                [self.records[record], self.body["texts"][field], sorted(self.reference(each) for each in ids)]
                for record, field, ids in cells
            ),
            sorted(self.taught(each, clock) for each in taught),
        )

    def taught(self, written: Any, clock: int) -> bytes:
        this, record, slot, element, value, replaces, salt, hashed, age, author, device, source, change = written
        kind, field = self.slot(slot)
        if hashed is None:
            hashed = hashlib.sha256(salt + cbor2.dumps(self.value(value), canonical=True)).digest()
        write = {
            "id": self.reference(this),
            "slot": [kind, self.records[record], field, self.element(element, clock)],
            "replaces": sorted(self.reference(each) for each in replaces),
            "hash": hashed,
        }
        texts = self.body["texts"]
        origin = None if change is None else self.reference(change)
        return sha("taught", self.write_digest(write), clock - age, texts[author], device, texts[source], origin)

    def write_digest(self, write: dict[str, Any]) -> bytes:
        return sha("write", write["id"], write["slot"], write["replaces"], write["hash"])

    def change_digest(self, change: dict[str, Any]) -> bytes:
        return sha(
            "change", change["id"], self.header["audience"], change["author"], self.header["device"], change["clock"],
            change["source"], change["verb"], change["undoes"], change["least"],
            [self.write_digest(write) for write in change["writes"]], change["readings"], change["statements"],
        )  # fmt: skip


@pytest.fixture
def changes(season: Callable[..., list[Change]]) -> list[Change]:
    """Plausible changes, and after them one with everything in it that is rare."""
    made = season(40)
    last = made[-1]
    number = last.last + 1
    run, other = last.id.run, b"o" * 16
    write = last.writes[0]
    taught = Stamped(
        Write(WriteId(other, 9), write.slot._replace(element="of its own"), {"zip": "28713"}, (), b"t" * 16),
        last.clock - 77, "Ruth Teague", b"e" * 16, "import", WriteId(other, 8),
    )  # fmt: skip
    gone = Stamped(
        struck(Write(WriteId(run, 3), write.slot, True, (WriteId(other, 1),), b"t" * 16)), 5, "", other, "", None
    )
    horizon = Horizon({run: 4, other: 12}, frozenset([WriteId(b"w" * 16, 0), WriteId(other, 20)]))
    cells = {
        (write.slot.record, "name"): frozenset([write.id, WriteId(other, 9)]),
        (write.slot.record, "town"): frozenset[WriteId](),
    }
    rare = Change(
        WriteId(run, number), "everyone", "Óscar", last.device, last.clock - 10, "import", "read_workbook",
        (
            derived_write(write.slot, "typed over", (write.id, WriteId(other, 9)), b"u" * 16, 7),
            struck(Write(WriteId(run, number + 2), write.slot, "struck out", (), b"v" * 16)),
            Write(WriteId(run, number + 3), write.slot, {"number": "828 555 0100", "kind": "home"}, (), b"w" * 16),
        ),
        (Reading(b"b" * 16, horizon, cells, (taught, gone)),), undoes=last.id,
        statements=({"says": "received", "runs": {run: 4, other: 2}},),
    )  # fmt: skip
    return [*made, rare]


def test_the_description_is_enough(changes: list[Change], device: DeviceIdentity, space: SpaceKeys) -> None:
    segment = seal(changes, device, space, Chain(b"p" * 32))
    book = ByTheBook(segment.data, space.current("everyone").secret)
    read = book.changes()

    assert book.space == book.header["space"] == space.space
    assert (book.header["count"], book.header["first"], book.header["last"]) == (41, 1, changes[-1].last)
    assert (book.header["previous"], book.header["least"], book.header["epoch"]) == (b"p" * 32, 1, 1)
    digests = b"".join(map(book.change_digest, read))
    assert hashlib.sha256(digests).digest() == book.header["changes"]

    for ours, theirs in zip(changes, read, strict=True):
        assert [write["value"] for write in theirs["writes"]] == [write.value for write in ours.writes]
        assert [write["slot"] for write in theirs["writes"]] == [list(write.slot) for write in ours.writes]
        assert [write["id"] for write in theirs["writes"]] == [list(write.id) for write in ours.writes]
        assert (theirs["clock"], theirs["author"], theirs["verb"]) == (ours.clock, ours.author, ours.verb)

    first, last = f"{1:08}", f"{changes[-1].last:08}"
    ids = [book.space, book.header["device"], book.header["run"][8:]]
    assert segment.name == "/".join(
        [each[:8].hex() for each in ids] + [f"{first}-{last}-{book.digest[:8].hex()}.segment"]
    )
