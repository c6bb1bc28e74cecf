"""Probable duplicates among organizations.

As for people, the score is the log2 of the odds; what two names share counts by how rare its words are, what only one
has speaks against them. A branch is not its neighbour: another town, or another number, outweighs a shared name.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from outreach_app.matching.agreements import Level, Part
from outreach_app.matching.blocks import ROW, Blocks, Rarity, Traits
from outreach_app.matching.contacts import domain_of, keys_of, street_key
from outreach_app.matching.duplicates import LIKELY, DuplicatePair, Evidence, Verdicts, weighed
from outreach_app.matching.names import fold
from outreach_app.matching.organization_names import acronym, alike, name_words, names_in
from outreach_app.matching.sounds import sound
from outreach_app.matching.word_lists import BRANCHES, GENERIC

_GENERIC_MOST = 3.5
_WHOLE_NAME = 2.5  # log2 of the odds that two of one name are one, where nobody else bears it
TOGETHER = 0.5
"""How alike the organizations of a list are on average, log2 of the odds, to be believed one."""
_UNSHARED = 0.8  # what a word that only one name has costs, of what it would be worth shared


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What is known of an organization, as typed; empty where nobody said."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    website: str = ""
    streets: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    id: str
    names: tuple[tuple[str, ...], ...]  # the words of each name it has
    acronyms: frozenset[str]
    phones: frozenset[str]
    emails: frozenset[str]
    domains: frozenset[str]
    streets: frozenset[str]
    towns: frozenset[str]


def probable_duplicate_organizations(
    organizations: Iterable[OrganizationFacts], known_verdicts: Verdicts = (), least: float = LIKELY
) -> list[DuplicatePair]:
    """Pairs that are probably one organization, likeliest first.

    Only those with the same name (legal endings and abbreviations apart) and the same phone, e-mail or website, and not
    in two towns, are ``certain``.
    """
    read = [_read(organization) for organization in organizations]
    scale = _Scale(Counter(word for organization in read for word in _words(organization)), least)
    blocks = Blocks()
    blocks.add(map(_blocking_keys, read))
    return weighed(((read[i], read[j]) for i, j in blocks.pairs()), scale.compare, known_verdicts)


def probable_organizations_among(
    pairs: Iterable[tuple[OrganizationFacts, OrganizationFacts]],
    held: Mapping[str, int],
    known_verdicts: Verdicts = (),
) -> list[DuplicatePair]:
    """Those of these pairs that are probably one organization; ``held``: how many hold each of their words."""
    read = cache(_read)
    return weighed(((read(one), read(other)) for one, other in pairs), _Scale(held).compare, known_verdicts)


def organization_traits(organization: OrganizationFacts) -> Traits:
    """What brings an organization together with others."""
    read = _read(organization)
    return Traits(frozenset(_blocking_keys(read)), tuple(_words(read)))


def _read(facts: OrganizationFacts) -> _Read:
    names = [part for whole in (facts.name, *facts.other_names) for part in names_in(whole) if name_words(part)]
    words = tuple(dict.fromkeys(name_words(name) for name in names))
    return _Read(
        facts.id,
        words,
        frozenset(acronym(name) for name in names if len(name_words(name)) > 2)
        | frozenset(own[0] for own in words if len(own) == 1 and len(own[0]) > 2),
        keys_of(facts.phones),
        keys_of(facts.emails, email=True),
        frozenset(domain for domain in map(domain_of, (facts.website, *facts.emails)) if domain),
        frozenset(key for key in map(street_key, facts.streets) if key),
        frozenset(fold(town) for town in facts.towns if town.strip()),
    )


def _blocking_keys(organization: _Read) -> set[str]:
    keys = {f"p{phone}" for phone in organization.phones} | {f"e{email}" for email in organization.emails}
    keys |= {f"d{domain}" for domain in organization.domains} | {f"s{street}" for street in organization.streets}
    keys |= {f"a{letters}" for letters in organization.acronyms}
    for words in organization.names:
        heard = sorted(sound(word) or word for word in words)
        keys |= {f"w{word}" for word in heard}
        keys |= {f"ww{one}:{other}" for at, one in enumerate(heard) for other in heard[at + 1 :]}
        keys |= {f"wt{word}:{town}" for word in heard for town in organization.towns}
        keys.add("n" + ":".join(heard))
    return keys


def _words(organization: _Read) -> Iterator[str]:
    """What is counted: every organization, its names whole and by town, the words of names, phones, mailboxes and
    domains."""
    yield ROW
    for name in map(_whole, organization.names):
        yield f"m{name}"
        if organization.towns:
            yield f"m{name}@"
            yield from (f"m{name}@{town}" for town in organization.towns)
    yield from (f"w{word}" for word in {word for words in organization.names for word in words})
    yield from (f"c{value}" for value in organization.phones | organization.emails | organization.domains)


def _whole(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


class _Scale:
    """Weighs pairs of one set of organizations."""

    def __init__(self, held: Mapping[str, int], least: float = LIKELY) -> None:
        self._words = Rarity(held, "w", leaning=200, most=8.0)
        self._held = held
        self._least = least
        self._before = -math.log2(max(held.get(ROW, 0), 100)) - 2.0

    def compare(self, a: _Read, b: _Read) -> DuplicatePair | None:
        """What speaks for and against two of them being one organization; None where too little speaks for it."""
        found = Evidence(self._before, self._least)
        level, bits = max(
            (self._name(one, other) for one in a.names for other in b.names), key=_best, default=(Level.MISSING, 0.0)
        )
        if bits < 7.0 and a.acronyms & b.acronyms and not set(a.names) & set(b.names):
            level, bits = Level.INITIAL, 7.0
        if level is Level.SAME:
            bits += self._placed(a, b)
        found.add(Part.NAME, level, bits)
        reached = self._shared(found, Part.PHONE, a.phones, b.phones, 8.0)
        reached |= self._shared(found, Part.EMAIL, a.emails, b.emails, 8.0)
        reached |= self._shared(found, Part.WEBSITE, a.domains, b.domains, 8.0)
        if a.streets and b.streets:
            same = bool(a.streets & b.streets)
            found.add(Part.STREET, Level.SAME if same else Level.DIFFERENT, 5.0 if same else -2.0)
        apart = bool(a.towns and b.towns and not a.towns & b.towns)
        if a.towns and b.towns:
            found.add(Part.TOWN, Level.DIFFERENT if apart else Level.SAME, -5.0 if apart else 2.0)
        return found.pair(a.id, b.id, certain=level is Level.SAME and bool(reached) and not apart)

    def _name(self, a: tuple[str, ...], b: tuple[str, ...]) -> tuple[Level, float]:
        """How far two names agree, and what that is worth."""
        left = list(b)
        shared = 0.0
        only: list[str] = []
        for word in a:
            match = next((other for other in left if alike(word, other)), None)
            if match is None:
                only.append(word)
            else:
                left.remove(match)
                shared += min(self._bits(word), self._bits(match))
        unshared = sum(map(self._words.bits, only)), sum(map(self._words.bits, left))
        bits = min(shared, 16.0) - _UNSHARED * (min(unshared) + 0.5 * max(unshared))
        if _numbered(only) and _numbered(left):  # station 3 and station 4, north and south
            bits -= 8.0
        if set(a) == set(b):
            return Level.SAME, self._whole_name(a)
        if not only and not left:
            return Level.CLOSE, bits - 1.0
        return (Level.PART if bits > 0 and not (only and left) else Level.DIFFERENT), max(bits, -8.0)

    def _whole_name(self, name: tuple[str, ...]) -> float:
        """What it is worth that two bear one name: much in a list of any length, less for each other who bears it."""
        others = self._held.get(f"m{_whole(name)}", 2) - 1
        return _WHOLE_NAME - self._before - math.log2(max(others, 1))

    def _placed(self, a: _Read, b: _Read) -> float:
        """Of two of one name of which one alone says where it is: whether most of that name are there."""
        if bool(a.towns) == bool(b.towns):
            return 0.0
        name = _whole(next(iter(set(a.names) & set(b.names)), ()))
        there = max((self._held.get(f"m{name}@{town}", 0) for town in a.towns | b.towns), default=0)
        elsewhere = self._held.get(f"m{name}@", 0) - there
        return max(min(math.log2((there + 0.5) / (elsewhere + 0.5)), 2.0), -4.0)

    def _bits(self, word: str) -> float:
        """What sharing a word is worth."""
        return min(self._words.bits(word), _GENERIC_MOST) if word in GENERIC else self._words.bits(word)

    def _shared(self, found: Evidence, part: Part, a: frozenset[str], b: frozenset[str], worth: float) -> set[str]:
        both = set(a & b)
        if both:
            shared_by = min(self._held.get(f"c{value}", 0) for value in both)
            found.add(part, Level.SAME, max(worth - 2.0 * math.log2(max(shared_by - 1, 1)), 2.0))
        elif a and b and part is not Part.EMAIL:
            found.add(part, Level.DIFFERENT, -1.5)
        return both


def _numbered(words: Sequence[str]) -> bool:
    return any(word.isdigit() or word in BRANCHES for word in words)


def _best(named: tuple[Level, float]) -> float:
    return named[1]
