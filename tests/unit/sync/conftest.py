"""Made-up changes as a laptop makes them, from a seed: the same every run."""

import random
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest

from outreach_app.journal.changes import Change, Slot, Write, WriteId
from outreach_app.journal.statements import run_of
from outreach_app.store.identities import DeviceIdentity, SpaceKeys

Season = Callable[..., list[Change]]

FIRST = "Maria Ada Thaddeus James Linda Rosa Carlos Ruth Walker Nellie Dora Jesse Ana Luis Pearl Otis Clara Hugo"
LAST = "Oxendine Garcia Crowe Littlejohn Smith Hernandez Bryson Queen Locklear Swimmer Ramirez Teague Rios"
TOWNS = ["Bryson City", "Sylva", "Murphy", "Robbinsville", "Cherokee", "Franklin", "Hayesville"]
SAID = (
    "the clinic is closed on weekends and we have to drive an hour my mother needs dialysis there are no buses after"
    " five water tastes like metal since flood nobody answers phone office in town school lunch ran out insurance"
    " letter only English please bring back mobile van last spring was good thank you for listening"
)


class Field:
    """One laptop in the field for one run."""

    def __init__(self, seed: int, device: bytes) -> None:
        self._dice = random.Random(seed)
        self._device = device
        self._run = run_of(device, self._dice.randbytes(8))
        self._clock = 1_760_000_000_000_000
        self._number = 1
        self._event = self._record()
        self._people: list[tuple[str, WriteId]] = []
        self._writes: list[Write] = []

    def changes(self, count: int) -> Iterator[Change]:
        for turn in range(count):
            self._clock += self._dice.randrange(5_000_000, 180_000_000)
            self._writes = []
            if turn % 40 == 39:
                self._event = self._record()
            dice = self._dice.random()
            if dice < 0.4 or not self._people:
                verb = self._sign_in()
            elif dice < 0.75:
                verb = self._feedback()
            elif dice < 0.85:
                verb = "press"
                self._write("events", self._event, "others_here", 1)
            else:
                verb = "change_record"
                person, named = self._dice.choice(self._people)
                self._write("people", person, "name", self._name(), replaces=(named,))
            change = Change(
                WriteId(self._run, self._number), "everyone", "Nell Queen", self._device, self._clock, "live", verb,
                tuple(self._writes),
            )  # fmt: skip
            self._number = change.last + 1
            yield change

    def _sign_in(self) -> str:
        person, sign_in, name = self._record(), self._record(), self._name()
        self._people.append((person, self._write("people", person, "name", name)))
        if self._dice.random() < 0.6:
            phone = {"number": f"828 555 01{self._dice.randrange(100):02}", "kind": "mobile"}
            self._write("people", person, "phones", phone, self._element())
        if self._dice.random() < 0.4:
            mail = f"{name.split()[0].lower()}{self._dice.randrange(999)}@example.org"
            self._write("people", person, "emails", mail, self._element())
        if self._dice.random() < 0.5:
            self._write("people", person, "town", self._dice.choice(TOWNS))
        for field, value in {"event": self._event, "person": person, "status": "walk_in", "came_as": "member"}.items():
            self._write("sign_ins", sign_in, field, value)
        return "sign_in"

    def _feedback(self) -> str:
        record = self._record()
        words = " ".join(self._dice.choices(SAID.split(), k=self._dice.randrange(6, 40))).capitalize() + "."
        kind = self._dice.choice(["problem", "question", "experience", "praise"])
        plain = {"event": self._event, "verbatim": words, "language": "en", "how": "spoken", "kind": kind}
        for field, value in plain.items():
            self._write("feedback", record, field, value)
        for _theme in range(self._dice.randrange(3)):
            theme = self._dice.choice(["transportation", "broadband", "housing", "food"])
            self._write("feedback", record, "themes", theme, self._element())
        return "record_feedback"

    def _name(self) -> str:
        return f"{self._dice.choice(FIRST.split())} {self._dice.choice(LAST.split())}"

    def _record(self) -> str:
        raw = (self._clock // 1000).to_bytes(6, "big") + b"\x70" + self._dice.randbytes(1) + b"\x80"
        return str(UUID(bytes=raw + self._dice.randbytes(7)))

    def _element(self) -> str:
        return f"{(self._clock // 1000 << 16) | self._dice.randrange(65536):016x}"

    def _write(
        self, kind: str, record: str, field: str, value: object, element: str = "", replaces: tuple[WriteId, ...] = ()
    ) -> WriteId:
        made = WriteId(self._run, self._number + 1 + len(self._writes))
        slot = Slot(kind, record, field, element)
        self._writes.append(Write(made, slot, value, replaces, self._dice.randbytes(16)))  # type: ignore[arg-type]  # JSON
        return made


@pytest.fixture(scope="session")
def device() -> DeviceIdentity:
    return DeviceIdentity(b"laptop one".ljust(32, b"."))


@pytest.fixture(scope="session")
def space() -> SpaceKeys:
    return SpaceKeys.new("Creek County")


@pytest.fixture
def season(device: DeviceIdentity) -> Season:
    """``season(count, seed=1, device=...)``: the changes of one run, all that one laptop wrote."""

    def made(count: int, seed: int = 1, device: DeviceIdentity = device) -> list[Change]:
        return list(Field(seed, device.device).changes(count))

    return made
