"""Probable duplicates among people.

The score is the log2 of the odds that two are one person: what each part's agreement is worth is set by hand from how
often it agrees for one person and for two, names by how rare they are among those given. A phone, address or mailbox
is shared by a household, so it counts little where first names differ.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from outreach_app.apart import Pause, Share, shared_out
from outreach_app.matching.agreements import Level, Part
from outreach_app.matching.blocks import ROW, Blocks, Rarity, Traits
from outreach_app.matching.contacts import alike_days, day_key, keys_of, number_key, street_key
from outreach_app.matching.duplicates import LIKELY, DuplicatePair, Evidence, Verdicts, best_first, weighed
from outreach_app.matching.given_names import full_forms
from outreach_app.matching.names import Name, Words, family_names_agreement, first_names_agreement, fold, read_name
from outreach_app.matching.sounds import sound

_FEW = 3  # people who may share a phone or mailbox before it is an office's
_FIRST = {Level.NICKNAME: -1.5, Level.PART: -3.5, Level.SOUND: -2.0, Level.CLOSE: -2.0}  # from what SAME is worth
_FAMILY = {Level.PART: -2.0, Level.SOUND: -2.5, Level.CLOSE: -3.0}
_FLAT = {Level.INITIAL: 1.5, Level.HALF: -3.0, Level.DIFFERENT: -7.0, Level.MISSING: 0.0}
_REST = 3.5  # the most that can speak for two of one household who share no phone and no mailbox, names apart
_RAREST = 11.0  # the most that sharing a last name is worth
_FIRST_AGREES = frozenset({Level.SAME, Level.NICKNAME, Level.SOUND, Level.CLOSE})
_CERTAIN_FIRST = frozenset({Level.SAME, Level.NICKNAME, Level.SOUND})
_CERTAIN_FAMILY = frozenset({Level.SAME, Level.PART, Level.SOUND, Level.CLOSE})
_KEPT = 262_144  # pairs of names of which is kept what they are worth: the same ones come again and again
_UNTOLD = Level.MISSING, 0.0
_Worth = tuple[Level, float]
"""How far two names agree, and how many bits that says."""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person, as typed; empty where nobody said."""

    id: str
    name: str
    given: str = ""
    family: str = ""
    preferred: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    street: str = ""
    town: str = ""
    zip: str = ""
    organizations: tuple[str, ...] = ()
    born: str = ""  # we never ask for it; lists of others have it
    numbers: tuple[str, ...] = ()  # by which an office knows a person, likewise


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A person's facts in the form they are compared in."""

    id: str
    name: Name
    phones: frozenset[str]
    emails: frozenset[str]
    street: str
    town: str
    zip: str
    organizations: frozenset[str]
    born: str
    numbers: frozenset[str]


def probable_duplicates(
    people: Iterable[PersonFacts], known_verdicts: Verdicts = (), pause: Pause = lambda: None
) -> list[DuplicatePair]:
    """Pairs that are probably one person, likeliest first; what ``pause`` raises ends it.

    Only those with the same phone or e-mail, a first name that is the same (or its short form) and a last name
    that does not contradict are ``certain``. Initials alone, Jr. beside Sr., and an office's number never are.
    """
    found = shared_out(_probable, [*people], pause)
    undecided = (pair for pairs in found for pair in pairs if frozenset((pair.a, pair.b)) not in known_verdicts)
    return best_first(undecided)


def _probable(people: Sequence[PersonFacts], share: Share) -> list[DuplicatePair]:
    read = [read_person(person) for person in people]
    blocks = Blocks(share)
    blocks.add(map(blocking_keys, read))
    return likely(read, blocks)


def likely(people: Sequence[PersonRead], blocks: Blocks, least: float = LIKELY) -> list[DuplicatePair]:
    """Those of the pairs of some blocks that are probably one person: log2 of the odds is at ``least`` so much."""
    return weighed(((people[i], people[j]) for i, j in blocks.pairs()), Scale(held_by(people), least).compare, ())


def held_by(people: Iterable[PersonRead]) -> Mapping[str, int]:
    """How many people hold each of their words."""
    return Counter(word for person in people for word in _words(person))


def probable_among(
    pairs: Iterable[tuple[PersonFacts, PersonFacts]], held: Mapping[str, int], known_verdicts: Verdicts = ()
) -> list[DuplicatePair]:
    """Those of these pairs that are probably one person; ``held``: how many people hold each of their words."""
    read = cache(read_person)
    return weighed(((read(one), read(other)) for one, other in pairs), Scale(held).compare, known_verdicts)


def person_traits(person: PersonFacts) -> Traits:
    """What brings a person together with others."""
    read = read_person(person)
    return Traits(frozenset(blocking_keys(read)), tuple(_words(read)))


def read_person(person: PersonFacts) -> PersonRead:
    """A person's facts, read to be compared."""
    return PersonRead(
        person.id,
        read_name(person.name, person.given, person.family, person.preferred),
        keys_of(person.phones),
        keys_of(person.emails, email=True),
        street_key(person.street),
        fold(person.town),
        person.zip.strip()[:5],
        frozenset(fold(name) for name in person.organizations if name.strip()),
        day_key(person.born),
        frozenset(key for key in map(number_key, person.numbers) if key),
    )


def blocking_keys(person: PersonRead) -> set[str]:
    """Keys two rows of one person are likely to share. Keys that many share are passed over for their finer ones."""
    name = person.name
    firsts = name.given[:2] + name.called
    roots = {root for first in firsts for root in full_forms().get(first, frozenset({first}))} | set(firsts)
    families = {sound(word) or word for word in (*name.family, name.whole_family) if word}
    keys = {f"p{phone}" for phone in person.phones} | {f"e{email}" for email in person.emails}
    keys |= {f"e{email.partition('@')[0]}" for email in person.emails}
    keys |= {f"f{family}" for family in families}
    keys |= {f"fi{family}:{root[0]}" for family in families for root in roots}
    keys |= {f"ff{family}:{root}" for family in families for root in roots}
    keys |= {f"ff{sound(first) or first}:{family}" for first in firsts for family in name.family}
    for place in {person.town, person.zip, person.street, *person.organizations} - {""}:
        keys |= {f"r{root}:{place}" for root in roots}
        keys |= {f"rf{root[0]}:{family}:{place}" for root in roots for family in families}
    keys |= {f"rp{root}:{phone[-4:]}" for root in roots for phone in person.phones}
    keys |= {f"u{number}" for number in person.numbers}
    if person.born:
        keys |= {f"b{person.born}"} | {f"rb{root}:{person.born}" for root in roots}
    return keys


def _words(person: PersonRead) -> Iterator[str]:
    """What is counted: everybody, first and last names, towns, phones and mailboxes."""
    yield ROW
    yield from (f"1{word}" for word in person.name.given[:2])
    yield from (f"2{word}" for word in person.name.family)
    if person.town:
        yield f"t{person.town}"
    if person.born:
        yield f"b{person.born}"
    yield from (f"u{number}" for number in person.numbers)
    yield from (f"c{value}" for value in person.phones | person.emails)


class Scale:
    """Weighs pairs of one set of people: how common each name is there, and who shares phones and mailboxes."""

    def __init__(self, held: Mapping[str, int], least: float = LIKELY) -> None:
        self._first = Rarity(held, "1", most=9.0)
        self._family = Rarity(held, "2", most=_RAREST)
        self._town = Rarity(held, "t", leaning=20, most=5.0)
        self._held = held
        self._least = least
        self._first_names = lru_cache(_KEPT)(self._first_worth)
        self._family_names = lru_cache(_KEPT)(self._family_worth)
        self._before = -math.log2(max(held.get(ROW, 0), 100)) - 2.0
        # whether of two with other first names who share no phone or mailbox nothing else can make one
        self._hopeless = self._before + _FLAT[Level.DIFFERENT] + _RAREST + _REST < least

    def _holders(self, value: str) -> int:
        """How many share a phone or mailbox."""
        return self._held.get(f"c{value}", 0)

    def compare(self, a: PersonRead, b: PersonRead) -> DuplicatePair | None:
        """What speaks for and against two of them being one person; None where too little speaks for it."""
        alone = a.phones.isdisjoint(b.phones) and a.emails.isdisjoint(b.emails) and not (a.born and b.born)
        alone = alone and not (a.numbers and b.numbers)
        agreement = self._first_names(a.name.given, a.name.called, b.name.given, b.name.called)
        if alone and self._hopeless and agreement[0] is Level.DIFFERENT and not _perhaps_turned(a.name, b.name):
            return None
        (first, worth), (family, more) = self._names(a.name, b.name, agreement)
        household = first in (Level.DIFFERENT, Level.INITIAL, Level.MISSING)
        if alone and self._before + worth + more + _most_else(a, b, household) < self._least:
            return None
        found = Evidence(self._before, self._least)
        found.add(Part.NAME if first is Level.SWAPPED else Part.FIRST_NAME, first, worth)
        found.add(Part.LAST_NAME, family, more)
        shared = self._contact(found, Part.PHONE, a.phones, b.phones, 10.0, household)
        shared |= self._contact(found, Part.EMAIL, a.emails, b.emails, 12.0, household)
        self._papers(found, a, b)
        self._places(found, a, b, household)
        if a.organizations & b.organizations:
            found.add(Part.ORGANIZATION, Level.SAME, 1.0 if household else 3.0)
        rivals = a.name.generation != b.name.generation
        if rivals:  # a father and a son share much; where only one says Jr., the other may be either
            found.add(Part.GENERATION, Level.DIFFERENT, -20.0 if a.name.generation and b.name.generation else -3.0)
        own = any(self._holders(value) <= _FEW for value in shared)
        agrees = first in _CERTAIN_FIRST and (
            family in _CERTAIN_FAMILY
            or (family is Level.MISSING and all(self._holders(value) == 2 for value in shared))
        )
        return found.pair(a.id, b.id, certain=own and agrees and not rivals)

    def _names(self, a: Name, b: Name, first: _Worth) -> tuple[_Worth, _Worth]:
        """How far first and last names agree, and what each is worth."""
        family = self._family_names(a.family, a.whole_family, b.family, b.whole_family)
        if Level.DIFFERENT not in (first[0], family[0]):
            return first, family
        if _swapped(a, b):
            bits = self._rarest(self._first, a.given, b.family) + self._rarest(self._family, a.family, b.given) - 2.0
            return (Level.SWAPPED, bits), _UNTOLD
        if family[0] is Level.MISSING and _one_word_of(a, b):
            return _UNTOLD, (Level.PART, self._family_bits(Level.PART, a.family, b.family))
        if family[0] is Level.DIFFERENT and (set(a.family) <= {*b.given[1:]} or set(b.family) <= {*a.given[1:]}):
            return first, _UNTOLD  # "Silvia Ana" gave two first names, no last one
        return first, family

    def _first_worth(self, a: Words, a_called: Words, b: Words, b_called: Words) -> _Worth:
        level = first_names_agreement(a, a_called, b, b_called)
        if level in _FLAT:
            return level, _FLAT[level]
        bits = self._rarest(self._first, a[:1], b[:1]) + _FIRST.get(level, 0.0)
        if level in _FIRST_AGREES and len(a) > 1 and a[1:] == b[1:] and len(a[1]) > 1:
            bits += 0.7 * self._first.bits(a[1])
        return level, bits

    def _family_worth(self, a: Words, a_whole: str, b: Words, b_whole: str) -> _Worth:
        level = family_names_agreement(a, a_whole, b, b_whole)
        return level, self._family_bits(level, a, b)

    def _family_bits(self, level: Level, a: Words, b: Words) -> float:
        if level in _FLAT:
            return _FLAT[level]
        both = set(a) & set(b)
        worth = max(map(self._family.bits, both)) if both else self._rarest(self._family, a, b)
        return worth + _FAMILY.get(level, 0.0)

    @staticmethod
    def _rarest(rarity: Rarity, a: Iterable[str], b: Iterable[str]) -> float:
        """What an agreement of words is worth: as much as the commoner side of it allows."""
        return min(map(rarity.bits, (*a, *b)), default=0.0)

    def _contact(
        self, found: Evidence, part: Part, a: frozenset[str], b: frozenset[str], worth: float, household: bool
    ) -> set[str]:
        """Adds what phones or mailboxes say; gives those that both have."""
        both = set(a & b)
        if both:
            shared_by = min(map(self._holders, both))
            bits = max(worth - 2.5 * math.log2(max(shared_by - 1, 1)), 2.0)
            found.add(part, Level.SAME, 1.0 if household else bits)
        elif a and b:
            slip = any(OSA.distance(one, other, score_cutoff=1) <= 1 for one in a for other in b)
            found.add(part, Level.CLOSE if slip else Level.DIFFERENT, (0.5 if household else 4.0) if slip else -1.0)
        return both

    def _papers(self, found: Evidence, a: PersonRead, b: PersonRead) -> None:
        """What lists of other offices say: a date of birth, and numbers by which they know a person."""
        if a.born and b.born:
            same, slip = a.born == b.born, alike_days(a.born, b.born)
            level = Level.SAME if same else Level.CLOSE if slip else Level.DIFFERENT
            found.add(Part.BIRTH_DATE, level, 10.0 if same else 4.0 if slip else -4.0)
        if a.numbers and b.numbers:
            same = not a.numbers.isdisjoint(b.numbers)
            slip = same or any(OSA.distance(x, y, score_cutoff=1) <= 1 for x in a.numbers for y in b.numbers)
            level = Level.SAME if same else Level.CLOSE if slip else Level.DIFFERENT
            found.add(Part.NUMBER, level, 14.0 if same else 8.0 if slip else -4.0)

    def _places(self, found: Evidence, a: PersonRead, b: PersonRead, household: bool) -> None:
        if a.street and b.street:
            same = a.street == b.street
            found.add(
                Part.STREET, Level.SAME if same else Level.DIFFERENT, (0.5 if household else 5.0) if same else -1.0
            )
        if (a.town and a.town == b.town) or (a.zip and a.zip == b.zip):
            town = self._town.bits(a.town) if a.town == b.town and a.town else 2.0
            found.add(Part.TOWN, Level.SAME, min(town, 1.0 if household else 4.0))
        elif (a.town and b.town) or (a.zip and b.zip):
            found.add(Part.TOWN, Level.DIFFERENT, -2.0)


def _most_else(a: PersonRead, b: PersonRead, household: bool) -> float:
    """The most that can speak for two who share no phone and no mailbox, beside their names."""
    if household:
        return _REST
    most = 4.0 * bool(a.phones and b.phones) + 4.0 * bool(a.emails and b.emails)
    most += 5.0 * bool(a.street and a.street == b.street)
    most += 4.0 * bool((a.town and a.town == b.town) or (a.zip and a.zip == b.zip))
    return most + 3.0 * (not a.organizations.isdisjoint(b.organizations))


def _swapped(a: Name, b: Name) -> bool:
    """Whether the first name of each is the last name of the other."""
    return bool(a.given and b.given and a.family and b.family) and a.given[0] in b.family and b.given[0] in a.family


def _perhaps_turned(a: Name, b: Name) -> bool:
    """Whether a first name of one may be a last name of the other."""
    return not set(a.given).isdisjoint(b.family) or not set(b.given).isdisjoint(a.family)


def _one_word_of(a: Name, b: Name) -> bool:
    """Whether one is known by a single word, and that is a last name of the other."""
    return (not a.family and a.given[:1] != () and a.given[0] in b.family) or (
        not b.family and b.given[:1] != () and b.given[0] in a.family
    )
