"""Who is on a list from elsewhere twice.

It is typed worse than what was typed here, so more is compared. What an agreement is worth is as for our own people
(``people.py``) where a list knows households. Where hardly anybody shares an address with somebody of another name it
does not, and what is worth how much is learned from the list itself (Fellegi and Sunter's model, by
expectation-maximization): an address then tells people apart, however badly the names beside it are written.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA

from outreach_app.apart import Pause, Share, shared_out
from outreach_app.matching.agreements import Level, Part, Reason
from outreach_app.matching.blocks import Blocks
from outreach_app.matching.duplicates import DuplicatePair, best_first
from outreach_app.matching.names import family_name_agreement, first_name_agreement
from outreach_app.matching.people import PersonFacts, PersonRead, blocking_keys, likely, read_person
from outreach_app.matching.sounds import sound

LEAST, TOGETHER = -4.0, -2.0
"""The least log2 of the odds of a pair by our own weights, and on average of a group believed to be one: where
precision and recall are best together on made-up outreach rows (``tests/benchmarks/outreach_rows.py``, the part for
tuning). A list has more people in it twice than a store, in which most were found already."""
_FEW, _OWN_NAMES = 20, 0.4
"""Of so many pairs at one address, and from such a share of other first names on, a list is one with households."""
_WIDE = 8  # rows that may share a key for badly written names
_AGREE = (Level.SAME, Level.NICKNAME, Level.SOUND, Level.CLOSE)
_NEAR, _LIKE = 0.79, 0.55  # of two texts, how alike they are where one may be the other mistyped; and still like it
_ROUNDS = 40
_BEGIN = {Level.SAME: 0.75, Level.CLOSE: 0.12, Level.PART: 0.05, Level.DIFFERENT: 0.08}  # what learning begins with
_STRANGERS = 40_000  # pairs of any two
_PARTS = (
    Part.FIRST_NAME, Part.LAST_NAME, Part.STREET, Part.TOWN, Part.ZIP, Part.PHONE, Part.EMAIL, Part.BIRTH_DATE,
    Part.NUMBER, Part.ORGANIZATION, Part.NAME,
)  # fmt: skip
Pattern = tuple[Level, ...]
"""How far two rows agree in each of the parts."""


def listed_twice(people: Iterable[PersonFacts], pause: Pause = lambda: None) -> tuple[list[DuplicatePair], float]:
    """Pairs that may be one, likeliest first; and from which log2 of the odds on, on average, a group is one. What
    ``pause`` raises ends it."""
    rows = [*people]
    compared = shared_out(_compared, rows, pause)
    if compared[0].strangers is None:
        return best_first(pair for each in compared for pair in each.likely), TOGETHER
    patterns = [item for each in compared for item in each.patterns.items()]
    met = Counter(pattern for _pair, pattern in patterns)
    worth = _learned(dict(sorted(met.items())), compared[0].strangers, len(rows))
    found = []
    for (i, j), pattern in patterns:
        if worth[pattern] >= TOGETHER:
            one, other = sorted((rows[i].id, rows[j].id))
            found.append(DuplicatePair(one, other, round(worth[pattern], 2), *_why(pattern), _is_certain(pattern)))
    return best_first(found), 0.0  # learned odds are odds


@dataclass(frozen=True, slots=True)
class _Compared:
    """What comparing comes to. Where a list knows households, the likely pairs; where not, how far each two rows agree,
    and any two."""

    likely: Sequence[DuplicatePair] = ()
    patterns: Mapping[tuple[int, int], Pattern] = field(default_factory=dict)
    strangers: Mapping[Pattern, int] | None = None


def _compared(people: Sequence[PersonFacts], share: Share) -> _Compared:
    read = [read_person(person) for person in people]
    blocks = Blocks(share)
    blocks.add(map(blocking_keys, read))
    if _has_households(read):
        return _Compared(likely(read, blocks, LEAST))
    blocks.add(map(_wide_keys, read), _WIDE)
    same: dict[Pattern, Pattern] = {}  # few are met, and each is held once
    patterns = ((pair, _pattern(read[pair[0]], read[pair[1]])) for pair in blocks.pairs())
    held = {pair: same.setdefault(pattern, pattern) for pair, pattern in patterns}
    return _Compared((), held, Counter(_pattern(*two) for two in _any_two(read)))


def _wide_keys(person: PersonRead) -> set[str]:
    """Keys for names that are written badly or in another order: any word of a name at a place."""
    words = {sound(word) or word for word in person.name.words if len(word) > 1}
    places = {person.town, person.zip, person.street} - {""}
    keys = {f"nw{word}:{place}" for word in words for place in places} | {f"s{person.street}"}
    keys |= {f"nn{one}:{other}" for one in words for other in words if one < other}
    house = person.street.partition(" ")[0]
    keys |= {f"h{house}:{place}" for place in places} if house.isdigit() else set()
    keys |= {f"x{word[:3]}:{place}" for word in person.name.words for place in places}
    return keys - {"s"}


def _has_households(people: Sequence[PersonRead]) -> bool:
    """Whether of those who share a street address many have first names of their own."""
    streets = Blocks()
    streets.add([{person.street} - {""} for person in people], _WIDE)
    shared = own = 0
    for i, j in streets.pairs():
        a, b = people[i], people[j]
        if a.town == b.town or a.zip == b.zip:
            shared += 1
            own += first_name_agreement(a.name, b.name) is Level.DIFFERENT
    return shared < _FEW or own > _OWN_NAMES * shared


def _any_two(people: Sequence[PersonRead]) -> Iterator[tuple[PersonRead, PersonRead]]:
    """Pairs of any two, the same ones each time."""
    for at in range(min(_STRANGERS, len(people) * (len(people) - 1) // 2)):
        one = at % len(people)
        step = at // len(people) + 1
        yield people[one], people[(one + step) % len(people)]


def _pattern(a: PersonRead, b: PersonRead) -> Pattern:
    turned = replace(b.name, given=b.name.family, family=b.name.given, whole_family="".join(b.name.given))
    straight, other = (_names(a, each) for each in (b, replace(b, name=turned)))
    swapped = _sum(other) > _sum(straight)
    first, family = other if swapped else straight
    return (
        first,
        family,
        _alike(a.street, b.street),
        _alike(a.town, b.town),
        _alike(a.zip, b.zip),
        _any_alike(a.phones, b.phones),
        _any_alike(a.emails, b.emails),
        _alike(a.born, b.born),
        _any_alike(a.numbers, b.numbers),
        _any_alike(a.organizations, b.organizations),
        Level.SWAPPED if swapped else Level.SAME,
    )


def _names(a: PersonRead, b: PersonRead) -> tuple[Level, Level]:
    first, family = first_name_agreement(a.name, b.name), family_name_agreement(a.name, b.name)
    return (
        _graded(first, "".join(a.name.given[:1]), "".join(b.name.given[:1])),
        _graded(family, "".join(a.name.family), "".join(b.name.family)),
    )


def _graded(level: Level, one: str, other: str) -> Level:
    """How far two names agree, in the grades that all parts have."""
    if level in (Level.SAME, Level.MISSING):
        return level
    return Level.CLOSE if level in _AGREE else _alike(one, other)


def _sum(levels: Iterable[Level]) -> int:
    return sum({Level.SAME: 3, Level.CLOSE: 2, Level.PART: 1}.get(level, 0) for level in levels)


def _alike(one: str, other: str) -> Level:
    if not one or not other:
        return Level.MISSING
    likeness = 1.0 if one == other else OSA.normalized_similarity(one, other)
    return (
        Level.SAME if likeness == 1 else Level.CLOSE if likeness >= _NEAR else Level.PART if likeness >= _LIKE
        else Level.DIFFERENT
    )  # fmt: skip


def _any_alike(some: Iterable[str], others: Iterable[str]) -> Level:
    levels = [_alike(one, other) for one in some for other in others]
    return max(levels, key=lambda level: _sum([level]), default=Level.MISSING)


def _learned(patterns: Mapping[Pattern, int], strangers: Mapping[Pattern, int], people: int) -> dict[Pattern, float]:
    """By pattern, log2 of the odds that two who agree so are one. How often two who are not one agree is told by
    ``strangers``, any two of the list; how often two who are, and how many are among all pairs, is learned."""
    of = people * (people - 1) / 2
    by_chance = [_shares(strangers, part, lambda _each: 1.0) for part in range(len(_PARTS))]
    when_one = [dict(_begun(part)) for part in _PARTS]
    share = min(0.5, people / (4 * of))
    odds: dict[Pattern, float] = {}
    for _round in range(_ROUNDS):
        odds = {pattern: _odds(pattern, when_one, by_chance, share) for pattern in patterns}
        weight = {pattern: 1 / (1 + 2 ** -max(min(bits, 60.0), -60.0)) for pattern, bits in odds.items()}
        share = min(max(sum(weight[each] * times for each, times in patterns.items()), 0.5) / of, 0.5)
        when_one = [_shares(patterns, part, weight.__getitem__) for part in range(len(_PARTS))]
    return odds


def _shares(patterns: Mapping[Pattern, int], part: int, weight: Callable[[Pattern], float]) -> dict[Level, float]:
    """How often each level comes in a part, where it is told."""
    told: defaultdict[Level, float] = defaultdict(float)
    for level in (Level.SAME, Level.SWAPPED) if _PARTS[part] is Part.NAME else _BEGIN:
        told[level] = 0.5  # so that nothing is impossible
    for each, times in patterns.items():
        if each[part] is not Level.MISSING:
            told[each[part]] += times * weight(each)
    whole = sum(told.values())
    return {level: much / whole for level, much in told.items()}


def _begun(part: Part) -> Mapping[Level, float]:
    return {Level.SAME: 0.95, Level.SWAPPED: 0.05} if part is Part.NAME else _BEGIN


Chances = Sequence[Mapping[Level, float]]


def _odds(pattern: Pattern, when_one: Chances, by_chance: Chances, share: float) -> float:
    bits = math.log2(share / (1 - share))
    for level, one, other in zip(pattern, when_one, by_chance, strict=True):
        if level is not Level.MISSING:
            bits += math.log2(one[level] / other[level])
    return bits


def _why(pattern: Pattern) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    told = [
        Reason(part, Level.CLOSE if level is Level.PART else level)
        for part, level in zip(_PARTS, pattern, strict=True)
        if level is not Level.MISSING and (part is not Part.NAME or level is Level.SWAPPED)
    ]
    differ = tuple(each for each in told if each.level is Level.DIFFERENT)
    return tuple(each for each in told if each.level is not Level.DIFFERENT), differ


def _is_certain(pattern: Pattern) -> bool:
    """Only where a phone, an e-mail or a number is the same, and the names agree."""
    levels = dict(zip(_PARTS, pattern, strict=True))
    reached = Level.SAME in (levels[Part.PHONE], levels[Part.EMAIL], levels[Part.NUMBER])
    names = levels[Part.FIRST_NAME], levels[Part.LAST_NAME]
    return reached and all(level in (Level.SAME, Level.CLOSE) for level in names) and levels[Part.NAME] is Level.SAME
