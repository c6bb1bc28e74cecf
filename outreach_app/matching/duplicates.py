"""What a comparison of two records comes to: a pair for a person to review, or one that joins by itself."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, TypeVar

from outreach_app.matching.agreements import Level, Part, Reason

Verdicts = Collection[frozenset[str]]
"""Pairs of ids that somebody has already called the same or not the same: never proposed again."""

LIKELY = 2.0  # log2 of the odds from which a pair is shown: four to one


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two records that may be one. ``score`` is log2 of the odds; ``a`` and ``b`` are ids, the lesser first.

    ``certain``: joins by itself, everything else is a person's to decide.
    """

    a: str
    b: str
    score: float
    why_agree: tuple[Reason, ...]
    why_differ: tuple[Reason, ...]
    certain: bool = False


_reason = cache(Reason)  # one each, however many pairs it is given for


@dataclass(slots=True)
class Evidence:
    """What speaks for and against two being one, gathered part by part."""

    bits: float
    least: float = LIKELY
    agree: list[Reason] = field(default_factory=list)
    differ: list[Reason] = field(default_factory=list)

    def add(self, part: Part, level: Level, bits: float) -> None:
        """One part's agreement, and what it is worth; what is missing is neither for nor against."""
        if level is Level.MISSING:
            return
        self.bits += bits
        (self.differ if level in (Level.DIFFERENT, Level.HALF) else self.agree).append(_reason(part, level))

    def pair(self, a: str, b: str, certain: bool) -> DuplicatePair | None:
        """The pair it makes; None where it is neither certain nor likely."""
        if not certain and self.bits < self.least:
            return None
        first, second = sorted((a, b))
        return DuplicatePair(first, second, round(self.bits, 2), tuple(self.agree), tuple(self.differ), certain)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Read = TypeVar("_Read", bound=_Identified)


def weighed(
    pairs: Iterable[tuple[_Read, _Read]],
    compare: Callable[[_Read, _Read], DuplicatePair | None],
    known_verdicts: Verdicts,
) -> list[DuplicatePair]:
    """What comparing each pair comes to, the lesser id first so that every laptop finds alike; those nobody decided."""
    found = []
    for one, other in pairs:
        if not known_verdicts or frozenset((one.id, other.id)) not in known_verdicts:
            pair = compare(one, other) if one.id < other.id else compare(other, one)
            if pair is not None:
                found.append(pair)
    return best_first(found)


def best_first(pairs: Iterable[DuplicatePair]) -> list[DuplicatePair]:
    """In the order a person reviews them: likeliest first, ties by id so that every laptop lists them alike."""
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a, pair.b))
