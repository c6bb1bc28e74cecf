"""Made-up people: who lives where, what they are called, and how they can be reached, if at all."""

import random
import unicodedata
from dataclasses import dataclass

from outreach_app.demo.captures import Phone
from outreach_app.demo.words import place, words

_AREA_CODES = {
    "NC": ("828", "423", "706", "865", "704", "864", "336"),
    "OR": ("541", "458", "503", "509", "971", "208"),
}
_KEPT_BACK = frozenset({("828", n) for n in (100, 101, 112, 127, 172, 184, 190, 199)} | {("541", 101), ("541", 199)})
"""Numbers the season gives out itself."""

_WRITTEN = ("{a} 555 {n:04}", "({a}) 555-{n:04}", "{a}-555-{n:04}", "{a}.555.{n:04}", "{a}555{n:04}")
_PARTICLES = {"Ruth Ann", "Billie Jean", "Jimmy Dale", "Mary Alice"}


@dataclass(frozen=True, slots=True)
class Neighbor:
    """Somebody of a county. ``family`` holds one surname or two; ``community`` is the pool their names come from."""

    given: str
    family: tuple[str, ...]
    community: str
    county: str
    state: str
    town: str
    zip: str
    phone: Phone | None
    email: str | None
    language: str | None

    @property
    def name(self) -> str:
        """As they give it."""
        return " ".join((self.given, *self.family))


class Neighbors:
    """Makes neighbors, county by county; some share house, surname and telephone with one made before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._made: dict[str, list[Neighbor]] = {}
        self._names: set[str] = set()
        self._numbers = {state: self._shuffled_numbers(codes) for state, codes in _AREA_CODES.items()}

    def make(self, county: str, community: str | None = None) -> Neighbor:
        """A new neighbor of a county, of one community where that is asked for."""
        here = self._made.setdefault(county, [])
        alike = [known for known in here if community in (None, known.community)]
        if alike and self._rng.random() < 0.2:
            neighbor = self._housemate(self._rng.choice(alike))
        else:
            neighbor = self._newcomer(county, community)
        here.append(neighbor)
        self._names.add(neighbor.name)
        return neighbor

    def number(self, state: str, kind: str) -> Phone:
        """A telephone number nobody else has, written one way or another."""
        area, line = self._numbers[state].pop()
        return Phone(self._rng.choices(_WRITTEN, (40, 30, 20, 5, 5))[0].format(a=area, n=line), kind)

    def _shuffled_numbers(self, codes: tuple[str, ...]) -> list[tuple[str, int]]:
        """All 555-01xx numbers, the next one last; the state's own area code, the first, comes up most."""
        own = [(codes[0], n) for n in range(100, 200) if (codes[0], n) not in _KEPT_BACK]
        others = [(code, n) for code in codes[1:] for n in range(100, 200)]
        self._rng.shuffle(own)
        self._rng.shuffle(others)
        drawn: list[tuple[str, int]] = []
        while own and others:
            drawn.append((own if self._rng.random() < 0.6 else others).pop())
        return [*own, *others, *reversed(drawn)]

    def _newcomer(self, county: str, community: str | None) -> Neighbor:
        there = place(county)
        weights = there["people"]
        chosen = community or self._rng.choices(list(weights), list(weights.values()))[0]
        pool = words("names")[chosen]
        for _attempt in range(20):
            given, family = self._rng.choice(pool["given"]), self._surnames(chosen, pool["family"])
            if " ".join((given, *family)) not in self._names:
                break
        town, zip_code = self._rng.choice(there["towns"])
        state = there["state"]
        draw = self._rng.random()
        phone = self.number(state, "mobile" if self._rng.random() < 0.8 else "home") if draw < 0.62 else None
        email = self._email(given, family) if self._rng.random() < 0.34 else None
        language = "es" if chosen == "latino" and self._rng.random() < 0.75 else None
        return Neighbor(given, family, chosen, county, state, town, zip_code, phone, email, language)

    def _housemate(self, other: Neighbor) -> Neighbor:
        pool = words("names")[other.community]
        given = self._rng.choice([name for name in pool["given"] if name != other.given])
        family = other.family
        if other.community == "latino" and len(family) == 2 and self._rng.random() < 0.6:
            family = (family[0], self._rng.choice([name for name in pool["family"] if name not in family]))
        email = self._email(given, family) if self._rng.random() < 0.2 else None
        return Neighbor(
            given, family, other.community, other.county, other.state, other.town, other.zip, other.phone, email,
            other.language,
        )  # fmt: skip

    def _surnames(self, community: str, pool: list[str]) -> tuple[str, ...]:
        if community == "latino" and self._rng.random() < 0.8:
            first, second = self._rng.sample(pool, 2)
            return first, second
        return (self._rng.choice(pool),)

    def _email(self, given: str, family: tuple[str, ...]) -> str:
        first, last = letters(given.split()[0]), letters(family[0])
        year = self._rng.randrange(51, 99)
        local = self._rng.choice(
            [f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}{year}", f"{last}.{first}", f"{first}{year}"]
        )
        return f"{local}@{self._rng.choice(('example.org', 'example.net'))}"


def letters(name: str) -> str:
    """A name as an address would have it: plain small letters."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain.casefold() if letter.isascii() and letter.isalpha())


def written_again(rng: random.Random, neighbor: Neighbor) -> str:
    """How the same name may be taken down by somebody else: a short form, one surname, no accents, initials."""
    short = words("names")["short_forms"].get(neighbor.given)
    choices = [neighbor.name]
    if short:
        choices += [" ".join((short, *neighbor.family))] * 3
    if len(neighbor.family) == 2:
        choices += [f"{neighbor.given} {neighbor.family[0]}"] * 2
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", neighbor.name) if not unicodedata.combining(letter)
    )
    if plain != neighbor.name:
        choices.append(plain)
    if neighbor.given not in _PARTICLES:
        choices.append(" ".join((f"{neighbor.given[0]}.", *neighbor.family)))
    return rng.choice(choices)
