"""What a department's laptops wrote over the years, as the changes that reach one of them. The same every time."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.journal.digests import SALT_BYTES
from outreach_app.journal.statements import run_of
from outreach_app.model.identifiers import id_text
from outreach_app.store.journals import digested
from outreach_app.store.stores import EVERYONE
from tests.benchmarks.people import PARTS, TOWNS, values

CHANGES_A_PERSON = 10
"""One in so many changes adds a person; the others each edit one field of any person known by then."""
LAPTOPS = 5
_BEGAN = 1_790_000_000_000_000  # microseconds since 1970 UTC
_MINUTE = 60_000_000


class _Laptops:
    """The laptops while they write. Each edit replaces what stood in its slot, as its author was shown."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._devices = [rng.randbytes(16) for _ in range(LAPTOPS)]
        self._runs = [run_of(each, rng.randbytes(8)) for each in self._devices]
        self._reached = [0] * LAPTOPS
        self._people: list[str] = []
        self._standing: dict[tuple[int, str], WriteId] = {}
        self._clock = _BEGAN

    def person(self) -> Change:
        """Somebody new."""
        number, self._clock = len(self._people), self._clock + _MINUTE
        self._people.append(id_text((self._clock // 1000).to_bytes(6, "big") + self._rng.randbytes(10)))
        said: list[tuple[str, str, Any]] = []
        for name, value in values(self._rng, number).items():
            if isinstance(value, list):
                said += [(name, self._rng.randbytes(8).hex(), each) for each in value]
            else:
                said.append((name, "", value))
        return self._change("add_person", number, said)

    def edit(self) -> Change:
        """One field of anybody, written anew."""
        number, self._clock = self._rng.randrange(len(self._people)), self._clock + _MINUTE
        rng = self._rng
        said = rng.choice((
            ("name", f"{rng.choice(PARTS)}{rng.choice(PARTS)} {rng.choice(PARTS)}{rng.choice(PARTS)}".title()),
            ("town", rng.choice(TOWNS)),
            ("street", f"{rng.randrange(1, 999)} Creek Road"),
            ("zip", f"28{rng.randrange(1000):03}"),
            ("preferred_language", rng.choice(("en", "es"))),
            ("preferred_contact", rng.choice(("phone", "text", "email"))),
        ))  # fmt: skip
        return self._change("edit", number, [(said[0], "", said[1])])

    def _change(self, verb: str, person: int, said: Sequence[tuple[str, str, Any]]) -> Change:
        laptop = self._rng.randrange(LAPTOPS)
        run, number = self._runs[laptop], self._reached[laptop] + 1
        writes = []
        for place, (name, element, value) in enumerate(said, number + 1):
            own, before = WriteId(run, place), self._standing.get((person, name))
            slot = Slot("people", self._people[person], name, element)
            replaced = (before,) if before and not element else ()
            writes.append(Write(own, slot, value, replaced, self._rng.randbytes(SALT_BYTES)))
            self._standing[person, name] = own
        made = Change(
            WriteId(run, number), EVERYONE, f"Worker {laptop}", self._devices[laptop], self._clock, "live", verb,
            tuple(writes),
        )  # fmt: skip
        self._reached[laptop] = made.last
        return digested(made)


def history(people: int) -> Iterator[Change]:
    """``people`` times CHANGES_A_PERSON changes, in the order they were made."""
    laptops = _Laptops(random.Random(people))
    for _ in range(people):
        yield laptops.person()
        for _ in range(CHANGES_A_PERSON - 1):
            yield laptops.edit()
