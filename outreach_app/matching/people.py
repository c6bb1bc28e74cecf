"""Probable duplicates among people.

The score is the log2 of the odds that two are one person: what each part's agreement is worth is set by hand from how
often it agrees for one person and for two, names by how rare they are among those given. A phone, address or mailbox
is shared by a household, so it counts little where first names differ.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from outreach_app.matching.agreements import Level, Part
from outreach_app.matching.blocks import ROW, Blocks, Rarity, Traits
from outreach_app.matching.contacts import alike_days, day_key, keys_of, number_key, street_key
from outreach_app.matching.duplicates import LIKELY, DuplicatePair, Evidence, Verdicts, weighed
from outreach_app.matching.given_names import full_forms
from outreach_app.matching.names import Name, family_name_agreement, first_name_agreement, fold, read_name
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


def probable_duplicates(people: Iterable[PersonFacts], known_verdicts: Verdicts = ()) -> list[DuplicatePair]:
    """Pairs that are probably one person, likeliest first.

    Only those with the same phone or e-mail, a first name that is the same (or its short form) and a last name
    that does not contradict are ``certain``. Initials alone, Jr. beside Sr., and an office's number never are.
    """
    read = [read_person(person) for person in people]
    blocks = Blocks()
    blocks.add(map(blocking_keys, read))
    return weighed(((read[i], read[j]) for i, j in blocks.pairs()), Scale(held_by(read)).compare, known_verdicts)


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
        agreement = first_name_agreement(a.name, b.name)
        if alone and self._hopeless and agreement is Level.DIFFERENT and not _perhaps_turned(a.name, b.name):
            return None
        found = Evidence(self._before, self._least)
        first, family = self._names(found, a.name, b.name, agreement)
        household = first in (Level.DIFFERENT, Level.INITIAL, Level.MISSING)
        if alone and found.bits + _most_else(a, b, household) < self._least:
            return None
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

    def _names(self, found: Evidence, a: Name, b: Name, first: Level) -> tuple[Level, Level]:
        family = family_name_agreement(a, b)
        if Level.DIFFERENT in (first, family) and _swapped(a, b):
            bits = self._rarest(self._first, a.given, b.family) + self._rarest(self._family, a.family, b.given) - 2.0
            found.add(Part.NAME, Level.SWAPPED, bits)
            return Level.SWAPPED, Level.SWAPPED
        if family is Level.MISSING and first is Level.DIFFERENT and _one_word_of(a, b):
            first, family = Level.MISSING, Level.PART
        if family is Level.DIFFERENT and (set(a.family) <= set(b.given[1:]) or set(b.family) <= set(a.given[1:])):
            family = Level.MISSING  # "Silvia Ana" gave two first names, no last one
        worth = self._rarest(self._first, a.given[:1], b.given[:1])
        found.add(Part.FIRST_NAME, first, _FLAT[first] if first in _FLAT else worth + _FIRST.get(first, 0.0))
        if first in _FIRST_AGREES and len(a.given) > 1 and a.given[1:] == b.given[1:] and len(a.given[1]) > 1:
            found.bits += 0.7 * self._first.bits(a.given[1])
        if family in _FLAT:
            found.add(Part.LAST_NAME, family, _FLAT[family])
        else:
            both = set(a.family) & set(b.family)
            worth = max(map(self._family.bits, both)) if both else self._rarest(self._family, a.family, b.family)
            found.add(Part.LAST_NAME, family, worth + _FAMILY.get(family, 0.0))
        return first, family

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
