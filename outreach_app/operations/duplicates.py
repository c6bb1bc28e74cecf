"""Looking for what may be one: people, organizations, and sign-ins of one person at one event."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from outreach_app.apart import MEGABYTES, apart, begin_apart, lasting
from outreach_app.matching.agreements import Level, Part, Reason, explain
from outreach_app.matching.blocks import BLOCK, ROW, Traits
from outreach_app.matching.duplicates import DuplicatePair
from outreach_app.matching.every_kind import LIKELY, Told, likely_pairs
from outreach_app.matching.groups import groups
from outreach_app.matching.organizations import organization_traits, probable_organizations_among
from outreach_app.matching.people import person_traits, probable_among
from outreach_app.matching.sign_ins import sign_in_traits
from outreach_app.model.errors import Damaged
from outreach_app.operations.facts import organization_facts, person_facts, sign_in_facts
from outreach_app.store.clusters import decided
from outreach_app.store.comparisons import Comparisons, FoundPair
from outreach_app.store.decisions import Decision
from outreach_app.store.journals import chunks
from outreach_app.store.stores import Store

_SCALE = 1000
_BESIDE = 2_000  # records: fewer are compared sooner than another process is begun
_HOURS = 6 * 3600.0
_MANY = 10  # from one in so many on, comparing everybody at once is quicker than each with those beside


@dataclass(frozen=True, slots=True)
class _Matcher:
    """How one kind is compared: its facts, of all or of some; what brings two together; all pairs, or those among
    some."""

    facts: Callable[[Store, Collection[str] | None], Iterable[Any]]
    traits: Callable[[Any], Traits]
    all: Callable[..., list[DuplicatePair]]
    among: Callable[..., list[DuplicatePair]] | None  # none where all that share a key are alike


_MATCHERS: Mapping[str, _Matcher] = {
    "people": _Matcher(person_facts, person_traits, LIKELY["people"], probable_among),
    "organizations": _Matcher(
        organization_facts, organization_traits, LIKELY["organizations"], probable_organizations_among
    ),
    "sign_ins": _Matcher(sign_in_facts, sign_in_traits, LIKELY["sign_ins"], None),
}


def look_for_duplicates(store: Store) -> dict[str, int]:
    """Find the pairs that may be one and put them under To decide; how many of each kind.

    What came in bulk is indexed here too, so that nobody's first search waits for it.
    """
    store.catch_up()
    with store.comparing() as kept:
        return {kind: _all(store, kept, kind) for kind in _MATCHERS}


@contextmanager
def looking_beside(store: Store) -> Iterator[None]:
    """The same of a store that nobody is going to search, so that nothing is indexed; a process beside compares what
    are many while the block goes on, which is to leave them as they are. The pairs are there when the block ends."""
    told = [(kind, [*each.facts(store, None)], _decided(store, kind)) for kind, each in _MATCHERS.items()]
    many = sum(len(facts) for _kind, facts, _verdicts in told) >= _BESIDE
    with lasting():
        if many:
            begin_apart(likely_pairs, told)
        yield
        found = _came(told) if many else likely_pairs(told)
    with store.comparing() as kept:
        for kind, pairs in found.items():
            kept.found(kind, _found(pairs))


def _came(told: Told) -> Mapping[str, Sequence[DuplicatePair]]:
    """What the process beside found; where it was not given memory enough, it is found here."""
    try:
        return apart(likely_pairs, lambda: None, _HOURS, MEGABYTES, told)
    except Damaged:
        return likely_pairs(told)


def look_at_new(store: Store) -> dict[str, int]:
    """The same for what was written since the last time alone, beside all that is there; how many pairs it is in.

    What it takes follows what is new: the rest of what is stored is neither read nor compared. Of what is new, it finds
    what :func:`look_for_duplicates` would.
    """
    store.catch_up()
    with store.comparing() as kept:
        touched = _touched(store, kept.waiting())
        found = {kind: _of(store, kept, kind, records) for kind, records in touched.items() if records}
        kept.compared()
    return found


def _all(store: Store, kept: Comparisons, kind: str) -> int:
    """Compare all of a kind; how many pairs there are."""
    matcher = _MATCHERS[kind]
    pairs = matcher.all(matcher.facts(store, None), _decided(store, kind))
    kept.found(kind, _found(pairs))
    return len(pairs)


def _of(store: Store, kept: Comparisons, kind: str, records: Collection[str]) -> int:
    """Note what brings records together with others now, and compare them with those; how many pairs they are in."""
    matcher = _MATCHERS[kind]
    if len(records) * _MANY > kept.held(kind, [ROW])[ROW]:
        facts = {each.id: each for each in matcher.facts(store, None)}
        kept.put(kind, {record: matcher.traits(facts[record]) if record in facts else None for record in records})
        pairs = matcher.all(facts.values(), _decided(store, kind))
        kept.found(kind, _found(pairs))
        return sum(not {pair.a, pair.b}.isdisjoint(records) for pair in pairs)
    return compare(store, kept, kind, records)


def compare(store: Store, kept: Comparisons, kind: str, records: Collection[str]) -> int:
    """:func:`_of`, for few."""
    matcher = _MATCHERS[kind]
    before = {} if matcher.among else kept.beside(kind, records)
    new = {each.id: each for each in matcher.facts(store, records)}
    kept.put(kind, {record: matcher.traits(new[record]) if record in new else None for record in records})
    beside = kept.beside(kind, new, BLOCK if matcher.among else None)
    others = set(chain.from_iterable((*before.values(), *beside.values()))) - new.keys()
    facts = new | {each.id: each for each in matcher.facts(store, others)}
    verdicts = _decided(store, kind, facts)
    if matcher.among is None:
        pairs = matcher.all(facts.values(), verdicts)
        kept.found_of(kind, facts.keys() | {*records}, _found(pairs))
        return len(pairs)
    ids = {(min(one, other), max(one, other)) for one in new for other in beside[one] if other != one}
    wanted = [(facts[one], facts[other]) for one, other in sorted(ids)]
    words = {word for each in facts.values() for word in matcher.traits(each).words}
    pairs = matcher.among(wanted, kept.held(kind, words), verdicts)
    kept.found_of(kind, records, _found(pairs))
    return len(pairs)


def _touched(store: Store, waiting: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """What is to be compared for what was written: the records themselves and what they stand under, the people of
    places of work, the sign-ins of people."""
    places = store.journals(waiting.get("affiliations", ()))
    pointed = {
        str(each.write.value)
        for place in places.values()
        for each in place.writes
        if each.write.slot.field == "person" and each.write.value
    }
    people = {*waiting.get("people", ()), *pointed}
    organizations, sign_ins = ({*waiting.get(kind, ())} for kind in ("organizations", "sign_ins"))
    for chunk in chunks(store.together("people", people)):
        sign_ins.update(record for (record,) in store.values("sign_ins", [], {"person": tuple(chunk)}))
    touched = {"people": people, "organizations": organizations, "sign_ins": sign_ins}
    return {kind: records | {*store.joined(kind, records).values()} for kind, records in touched.items()}


def _decided(store: Store, kind: str, of: Collection[str] | None = None) -> set[frozenset[str]]:
    """The pairs that somebody answered, each side as what it stands under now; all, or those of some."""
    with store.reading() as connection:
        return decided(connection, kind, of)


def waiting(store: Store, also_put_off: bool = False) -> list[Decision]:
    """Everything that waits for a person, each group of records that may be one as one thing, in the place of its best
    pair. Two of which somebody said something already are in no group together."""
    return _gathered(store, store.decisions(also_put_off))


def how_many_wait(store: Store) -> int:
    """How many things that is, without looking into any of them."""
    pairs = store.waiting_pairs()
    return sum(store.decision_counts().values()) - len(pairs) + len(_gathered(store, pairs))


def _gathered(store: Store, found: Sequence[Decision]) -> list[Decision]:
    of: dict[tuple[str, str, bool], list[Decision]] = {}
    for each in found:
        if each.what == "duplicate":
            of.setdefault((each.kind, each.handed_to, each.put_off), []).append(each)
    group_of = {sort: _group_of(store, sort[0], pairs) for sort, pairs in of.items() if len(pairs) > 1}
    gathered: dict[Any, list[Decision]] = {}
    for place, each in enumerate(found):
        in_group = group_of.get((each.kind, each.handed_to, each.put_off), {}) if each.what == "duplicate" else {}
        group = in_group.get(each.record)
        as_one = group is not None and group == in_group.get(each.other)
        key = (each.kind, each.handed_to, each.put_off, group) if as_one else place
        gathered.setdefault(key, []).append(each)
    return [replace(pairs[0], pairs=tuple(pairs)) if len(pairs) > 1 else pairs[0] for pairs in gathered.values()]


def _group_of(store: Store, kind: str, pairs: Sequence[Decision]) -> dict[str, int]:
    """The number of the group that each record is in."""
    scored = {pair.records: pair.score / _SCALE for pair in pairs}
    records = {record for pair in pairs for record in pair.records}
    for one, other in (sorted(pair) for pair in _decided(store, kind, records) if len(pair) > 1):
        scored[one, other] = -math.inf
    found = groups((pair[0], pair[1], score) for pair, score in scored.items())
    return {record: number for number, group in enumerate(found) for record in group}


def _found(pairs: Iterable[DuplicatePair]) -> list[FoundPair]:
    return [(pair.a, pair.b, round(pair.score * _SCALE), _why(pair)) for pair in pairs]


def _why(pair: DuplicatePair) -> tuple[str, ...]:
    """The reasons as codes, ``+`` before what agrees and ``-`` before what differs (see :func:`reasons`)."""
    agree = [f"+{reason.part}:{reason.level}" for reason in pair.why_agree]
    return (*agree, *(f"-{reason.part}:{reason.level}" for reason in pair.why_differ))


def why_in_words(pair: DuplicatePair, language: str | None = None) -> list[str]:
    """What of a pair agrees, then what differs, as people read it."""
    return [explain(reason, language) for reason in (*pair.why_agree, *pair.why_differ)]


def reasons(why: Iterable[str], language: str | None = None) -> list[str]:
    """The reasons of :func:`_why` as people read them."""
    parts = (code[1:].split(":") for code in why)
    return [explain(Reason(Part(part), Level(level)), language) for part, level in parts]
