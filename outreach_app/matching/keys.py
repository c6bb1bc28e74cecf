"""Keys to look people and organizations up by, for a key table of ``(key, record)`` with an index on ``key``.

A key is a letter, a colon and folded text:

    e:  an e-mail
    p:  the last ten digits of a phone
    r:  the same digits backwards, to find by the last four
    n:  sound of a last name, a colon, a first initial; also swapped, and with the initials of full forms (Bob: r)
    x:  up to three letters of a first name, a colon, up to three of a last name; also swapped
    w:  a word of the name
    o:  a word of what stands beside it (organization, town)
    s:  the sound of an organization's words
    a:  its initials
    d:  a domain that is its own

Saving a record stores its keys. Two records that share an ``e:``, ``p:``, ``n:``, ``s:``, ``a:`` or ``d:`` key may be
the same. For what is being typed, :func:`lookups` gives ranges of keys, the most telling first.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from typing import NamedTuple

from outreach_app.matching.contacts import domain_of, email_key, keys_of, last_ten_digits
from outreach_app.matching.given_names import full_forms, names_for
from outreach_app.matching.names import Name, fold, read_name, tokens
from outreach_app.matching.organization_names import acronym, name_words, names_in
from outreach_app.matching.sounds import sound

_SHORT = 3
_NOTHING: frozenset[str] = frozenset()
ENOUGH = 200  # candidates to gather for one ranking: two milliseconds' work, and few who are meant are missed
MAY_BE_SAME = ("e:", "p:", "n:", "s:", "a:", "d:")


class Lookup(NamedTuple):
    """A range of keys: those from ``low`` on and before ``high``."""

    low: str
    high: str


def person_keys(
    name: str, phones: Iterable[str] = (), emails: Iterable[str] = (), beside: Iterable[str] = ()
) -> frozenset[str]:
    """Every key a person is found by. ``beside`` is what stands next to the name: organizations, the town."""
    read = read_name(name)
    keys = {f"w:{word}" for word in read.words}
    keys |= set(_name_sounds(read))
    keys |= {f"x:{one[:_SHORT]}:{other[:_SHORT]}" for one, other in _pairs(read)}
    keys |= _contact_keys(phones, emails)
    keys |= {f"o:{word}" for text in beside for word in tokens(text)}
    if len(read.family) > 1 or read.whole_family not in read.family:
        keys.add(f"w:{read.whole_family}")
    return frozenset(key for key in keys if len(key) > 2)


def organization_keys(
    names: Iterable[str],
    phones: Iterable[str] = (),
    emails: Iterable[str] = (),
    website: str = "",
    beside: Iterable[str] = (),
) -> frozenset[str]:
    """Every key an organization is found by; ``names`` are its name and other names, ``beside`` its towns."""
    keys: set[str] = set(_contact_keys(phones, written := tuple(emails)))
    for name in (part for whole in names for part in names_in(whole)):
        words = name_words(name)
        keys |= {f"w:{word}" for word in words}
        if words:
            keys.add("s:" + ":".join(sorted(sound(word) or word for word in words)[:4]))
        if len(words) > 1:
            keys.add(f"a:{acronym(name)}")
        elif len(words) == 1 and 2 < len(words[0]) < 7:
            keys.add(f"a:{words[0]}")
    keys |= _domain_keys(website, *written)
    keys |= {f"o:{word}" for text in beside for word in tokens(text)}
    return frozenset(key for key in keys if len(key) > 2)


def lookups(typed: str) -> tuple[Lookup, ...]:
    """Where to look for what was typed so far, the most telling range first; stop at :data:`ENOUGH` people.

    Every range is one index scan. Nothing is looked for below two letters or four digits.
    """
    ranges: list[Lookup] = []
    digits = "".join(character for character in typed if character.isdigit())
    if "@" in typed:
        ranges.append(_from(f"e:{email_key(typed) or typed.strip().lower()}"))
    if len(digits) >= 4:
        ranges.append(_from(f"p:{last_ten_digits(digits) or digits.removeprefix('1')[:10]}"))
        ranges.append(_from(f"r:{digits[-10:][::-1]}"))
    words = tuple(word for word in fold(typed).split() if not word.isdigit())
    if len(words) > 1:
        ranges += [_from(f"x:{key}") for key in _typed_pairs(words)]
        ranges += [_exactly(key) for key in sorted(set(_name_sounds(read_name(typed))))]
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 1:
            ranges.append(_from(f"w:{word}"))
            ranges += [_exactly(f"w:{other}") for other in sorted(names_for(word) - {word})]
    ranges += [_from(f"o:{word}") for word in words if len(word) > 2]
    return tuple(dict.fromkeys(ranges))


def contact_lookups(phones: Iterable[str], emails: Iterable[str], website: str = "") -> tuple[Lookup, ...]:
    """Where to look for others with one of these phones or e-mails, or with a website or e-mail of the same domain."""
    written = tuple(emails)
    keys = _contact_keys(phones, written) | _domain_keys(website, *written)
    return tuple(_exactly(key) for key in sorted(keys) if not key.startswith("r:"))


def _typed_pairs(words: tuple[str, ...]) -> Iterator[str]:
    """The ``x:`` keys of the words typed: first with last first, then any two, then nicknames of the first."""
    for one, other in [(words[0], words[-1]), *pairwise(words)]:
        if len(one) > 1 or len(other) > 1:
            yield f"{one[:_SHORT]}:{other[:_SHORT]}"
    for form in sorted(names_for(words[0]) - {words[0]}):
        yield f"{form[:_SHORT]}:{words[-1][:_SHORT]}"


def _pairs(name: Name) -> Iterator[tuple[str, str]]:
    surnames = [*name.family]
    if name.whole_family and name.whole_family not in surnames:
        surnames.append(name.whole_family)
    for given, family in product(name.given[:2] + name.called, surnames):
        yield given, family
        yield family, given
    yield from pairwise(name.given)
    yield from pairwise(name.family)


def _name_sounds(name: Name) -> Iterator[str]:
    """The ``n:`` keys: last name by sound with each first initial, and the other way round."""
    firsts = name.given[:2] + name.called
    for given in firsts:
        initials = {form[0] for form in {given} | full_forms().get(given, _NOTHING)}
        for family in {*name.family, name.whole_family} - {""}:
            if heard := sound(family):
                yield from (f"n:{heard}:{initial}" for initial in initials)
            if heard := sound(given):
                yield f"n:{heard}:{family[0]}"


def _contact_keys(phones: Iterable[str], emails: Iterable[str]) -> set[str]:
    numbers = keys_of(phones)
    return (
        {f"p:{number}" for number in numbers}
        | {f"r:{number[::-1]}" for number in numbers}
        | {f"e:{address}" for address in keys_of(emails, email=True)}
    )


def _domain_keys(*addresses: str) -> set[str]:
    return {f"d:{domain}" for domain in map(domain_of, addresses) if domain}


def _from(start: str) -> Lookup:
    return Lookup(start, start + "\U0010ffff")


def _exactly(key: str) -> Lookup:
    return Lookup(key, key + "\x00")
