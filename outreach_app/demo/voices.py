"""What people say: put together by topic from pieces, so that no two say quite the same and each stays one voice."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outreach_app.demo.words import place, voices, words

_TAG = re.compile(r"^@(nc|or) ")
_SLOT = re.compile(r"\{(\w+)\}")
_OWN = re.compile(r"\b(my|mine|mi|mis)\b", re.IGNORECASE)
_ATTEMPTS = 40

_POOLS = {
    "experience": "lived", "problem": "lived", "suggestion": "wish", "question": "ask", "praise": "thanks",
    "belief_heard": "heard", "observation": "noted",
}  # fmt: skip
"""The pool each kind of feedback cannot do without."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something said: words, kind, the topics they are about, and a piece of them that tells of no place and nobody."""

    words: str
    what_kind: str
    topics: tuple[str, ...]
    plain: str | None


class _Deck:
    """Deals pieces so that each comes up once before any comes up again."""

    def __init__(self, rng: random.Random, pieces: list[str]) -> None:
        self._rng = rng
        self._pieces = pieces
        self._left: list[str] = []
        self._dealt = 0

    @property
    def worn(self) -> float:
        """How often its pieces have come up, on average."""
        return self._dealt / len(self._pieces)

    def deal(self, state: str) -> str:
        """The next piece that would be said in a state, without its mark."""
        for _shuffle in (1, 2):
            for piece in self._left:
                tag = _TAG.match(piece)
                if tag is None or tag[1].upper() == state:
                    self._left.remove(piece)
                    self._dealt += 1
                    return _TAG.sub("", piece)
            self._left = [*self._rng.sample(self._pieces, len(self._pieces)), *self._left]
        raise ValueError(f"nothing that would be said in {state}")


class Voices:
    """Speaks in one language; never the same words twice."""

    def __init__(self, rng: random.Random, language: str) -> None:
        self._rng = rng
        self._language = language
        self._said: set[str] = set()
        self._decks = {
            (topic, pool): _Deck(rng, pieces)
            for topic, pools in voices(language).items()
            for pool, pieces in pools.items()
        }
        about = words("topics")["topics"]
        self._weights = {topic: about[topic]["weight"] for topic in voices(language) if topic in about}

    def topic(self, what_kind: str, favoured: list[str]) -> str:
        """A topic somebody would raise; an event's own topics come up more."""
        pool = _POOLS[what_kind]
        possible = [topic for topic in self._weights if (topic, pool) in self._decks]
        weights = [
            (self._weights[topic] + 14 * favoured.count(topic)) / (1 + self._decks[topic, pool].worn) ** 2
            for topic in possible
        ]
        return self._rng.choices(possible, weights)[0]

    def say(self, what_kind: str, topic: str, county: str) -> Said:
        """Something of a kind about a topic, as somebody of a county would say it."""
        for _attempt in range(_ATTEMPTS):
            pieces = self._pieces(what_kind, topic, place(county)["state"])
            said = self._spoken(pieces, county)
            if said not in self._said:
                self._said.add(said)
                return Said(said, what_kind, (topic,), self._plain(topic, pieces))
        raise ValueError(f"nothing new to say about {topic}")

    def chart(self, favoured: list[str]) -> Said:
        """A flip chart's sheet: two or three notes, each on a topic of its own."""
        for _attempt in range(_ATTEMPTS):
            first = self.topic("suggestion", favoured)
            others = [topic for topic in self._weights if topic != first]
            topics = (first, *self._rng.sample(others, self._rng.choice((1, 1, 2))))
            said = " / ".join(self._decks[topic, "chart"].deal("") for topic in topics)
            if said not in self._said:
                self._said.add(said)
                return Said(said, "suggestion", topics, said)
        raise ValueError("nothing new for the flip chart")

    def _pieces(self, what_kind: str, topic: str, state: str) -> list[str]:
        """The pieces of one statement, in order, with their places still in braces."""
        chance = self._rng.random

        def deal(pool: str, about: str = topic) -> str:
            return self._decks[about, pool].deal(state)

        def perhaps(likely: float, pool: str, about: str = topic) -> list[str]:
            return [deal(pool, about)] if chance() < likely else []

        if what_kind == "praise":
            return [deal("thanks"), *perhaps(0.7, "glad", "general")]
        if what_kind == "belief_heard":
            return [deal("heard"), *perhaps(0.8, "doubt", "general")]
        if what_kind == "observation":
            return [deal("noted"), *perhaps(0.5, "also_noted", "general")]
        opener = perhaps(0.13, "openers", "general")
        if what_kind == "question":
            return [*opener, *perhaps(0.5, "lived"), deal("ask"), *perhaps(0.12, "ask")]
        if what_kind == "suggestion":
            first = perhaps(0.5, "lived")
            return [
                *opener,
                *first,
                *perhaps(0.25 if first else 0, "more"),
                deal("wish"),
                *perhaps(0.15, "closers", "general"),
            ]
        more = perhaps(0.62, "more")
        return [
            *opener,
            deal("lived"),
            *more,
            *perhaps(0.2 if more else 0.45, "wish"),
            *perhaps(0.12, "closers", "general"),
        ]

    def _plain(self, topic: str, pieces: list[str]) -> str | None:
        """The longest wish, question or hearsay with no place to fill and nothing of the speaker's own."""
        pools = voices(self._language)[topic]
        general = {piece for pool in ("wish", "ask", "heard") for piece in pools.get(pool, ())}
        free = [piece for piece in pieces if piece in general and not _SLOT.search(piece) and not _OWN.search(piece)]
        return max(free, key=len, default=None)

    def _spoken(self, pieces: list[str], county: str) -> str:
        slots = self._slots(county)
        spoken = []
        for piece in pieces:
            who = "child" if "{child}" in piece else "elder"
            filled = piece.format(**slots, **words("topics")["pronouns"][slots[f"{who}_pronoun"]])
            start = 1 if filled[0] in "¿¡" else 0
            spoken.append(filled[:start] + filled[start].upper() + filled[start + 1 :])
        return " ".join(spoken)

    def _slots(self, county: str) -> dict[str, str]:
        """What fills the places, the same throughout one statement."""
        there, data = place(county), words("topics")
        kin = data["kin"][self._language]
        elder, elder_pronoun = self._rng.choice([*kin["elder"], *kin.get(f"elder_{there['state'].lower()}", [])])
        child, child_pronoun = self._rng.choice(kin["child"])
        slots = {
            "town": self._rng.choice(there["towns"])[0],
            "city": self._rng.choice(there["cities"]),
            "road": self._road(there["roads"]),
            "drive": self._rng.choice(there["drives_es" if self._language == "es" else "drives"]),
            "elder": elder,
            "elder_pronoun": elder_pronoun,
            "child": child,
            "child_pronoun": child_pronoun,
        }
        slots |= {name: self._rng.choice(values) for name, values in data["slots"][self._language].items()}
        return slots | {name: self._price(*between) for name, between in data["prices"].items()}

    def _road(self, roads: list[str]) -> str:
        road = self._rng.choice(roads)
        return road.replace("Highway ", "la carretera ") if self._language == "es" else road

    def _price(self, least: int, most: int) -> str:
        amount = self._rng.randrange(least, most, 5)
        return f"{amount:,} dólares" if self._language == "es" else f"${amount:,}"


def hinted(said: str, hints: list[list[str]]) -> list[str]:
    """The codes whose words occur in what was said, in the list's order."""
    heard = said.lower()  # plain search in small letters: searching without regard to case takes three times as long
    return [code for code, pattern in hints if re.search(pattern.lower(), heard)]


def themes_of(said: Said) -> tuple[str, ...]:
    """The theme codes a worker would pick: the topics' own, and at most one more the words speak of."""
    data: Mapping[str, Any] = words("topics")
    own = [data["topics"][topic]["theme"] for topic in said.topics]
    more = [code for code in hinted(said.words, data["also_themes"]) if code not in own]
    return tuple(dict.fromkeys(own + more[:1]))
