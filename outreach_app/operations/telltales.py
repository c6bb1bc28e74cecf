"""What of a text tells who or where: names, phones, addresses, days, places and organizations that are known here.

It warns, and is no proof: what nobody wrote down anywhere is not known, and a person reads every text before it leaves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from outreach_app.matching.keys import Lookup
from outreach_app.matching.names import fold, tokens
from outreach_app.model.counties import named_counties
from outreach_app.store.stores import Store

NAME, PHONE, EMAIL, WEBSITE, DAY, PLACE, ORGANIZATION = (
    "name", "phone", "email", "website", "day", "place", "organization",
)  # fmt: skip
"""What words may tell."""

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
    "|sept?|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_WEEKDAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
_STREETS = "st|street|rd|road|ave|avenue|ln|lane|dr|drive|hwy|highway|way|court|ct|trail|loop|calle|avenida|camino"
_LABEL = r"[\w-]{1,63}"  # of a domain's name; without a bound, a long word is gone through by its square
_SHAPES = (
    (EMAIL, rf"[\w.+-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+"),
    (WEBSITE, rf"(?:https?://|www\.)\S+|\b{_LABEL}(?:\.{_LABEL}){{0,9}}\.(?:org|com|net|gov|edu|us)\b"),
    (DAY, rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of| de)? (?:{_MONTHS})\b\.?(?:,? \d{{4}})?"),
    (DAY, rf"\b(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"),
    (DAY, r"\b\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b|\b\d{1,2}/\d{1,2}\b"),
    (DAY, rf"\b(?:{_WEEKDAYS})s?\b|\b\d{{1,2}}:\d\d(?: ?[ap]\.?m\b)?|\b\d{{1,2}} ?[ap]\.?m\b"),
    (PLACE, rf"\b\d{{1,5}} (?:\w+ ){{1,3}}(?:{_STREETS})\b|\b(?:calle|avenida|camino) (?:\w+ ){{0,2}}\w+"),
    (PHONE, r"(?<![\w/])\+?\(?\d[\d\s().-]{5,}\d(?![\w/])"),
    (PLACE, r"(?<!\w)\d{5}(?:-\d{4})?(?!\w)"),
)
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_LEAST = 3  # letters of a word that can tell somebody
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Telltale:
    """Words of a text that tell something, and where they begin."""

    what: str
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class _Word:
    said: str
    folded: str
    at: int

    @property
    def large(self) -> bool:
        """Whether it is written as names are."""
        return self.said[0].isupper()


def telltales(store: Store, text: str, feedback: str = "") -> list[Telltale]:
    """What of a text may tell who or where, in its order. The names of who said the piece of ``feedback`` are told even
    where they are not written large."""
    found = [Telltale(what, words.strip(), at) for what, words, at in _shaped(text)]
    taken = {place for each in found for place in range(each.at, each.at + len(each.words))}
    words = [each for each in _words(text) if each.at not in taken]
    for told in (_organizations(store), _places(store), _towns(store, words)):
        for first, last, what in _phrases(words, told):
            found.append(_telltale(text, what, words[first], words[last]))
            taken.update(range(words[first].at, words[last].at + 1))
    left = [each for each in words if each.at not in taken]
    found += _names(store, text, left, _speaker(store, feedback))
    once: dict[tuple[str, str], Telltale] = {}
    for each in sorted(found, key=lambda each: each.at):
        once.setdefault((each.what, fold(each.words) or each.words), each)
    return list(once.values())


def _shaped(text: str) -> Iterator[tuple[str, str, int]]:
    """What is told by its shape alone: phones, e-mails, days."""
    left = text
    for what, shape in _SHAPES:
        for each in re.finditer(shape, left, re.IGNORECASE):
            if what != PHONE or sum(map(str.isdigit, each[0])) >= 7:
                yield what, each[0], each.start()
                left = left[: each.start()] + "\0" * len(each[0]) + left[each.end() :]


def _words(text: str) -> list[_Word]:
    return [_Word(each[0], _folded(each[0]), each.start()) for each in _WORD.finditer(text)]


def _folded(word: str) -> str:
    """A word without what makes it somebody's: Maria's is Maria."""
    return fold(re.sub(r"['’]s$", "", word)).replace(" ", "")


def _telltale(text: str, what: str, first: _Word, last: _Word) -> Telltale:
    return Telltale(what, text[first.at : last.at + len(last.said)], first.at)


Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""Phrases by their first word, the longest first, each with what it tells."""


def _by_first(phrases: Iterable[tuple[str, str]]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, what in dict.fromkeys(phrases):
        words = tokens(phrase)
        if words and (len(words) > 1 or len(words[0]) >= _LEAST):
            found.setdefault(words[0], []).append((words, what))
    return {first: sorted(each, key=lambda phrase: -len(phrase[0])) for first, each in found.items()}


def _phrases(words: Sequence[_Word], told: Phrases) -> Iterator[tuple[int, int, str]]:
    """Where the phrases stand: the places of their first and last word. One of a word alone is to be written large."""
    at = 0
    while at < len(words):
        for phrase, what in told.get(words[at].folded, ()):
            here = words[at : at + len(phrase)]
            if tuple(each.folded for each in here) == phrase and (len(phrase) > 1 or here[0].large):
                yield at, at + len(phrase) - 1, what
                at += len(phrase) - 1
                break
        at += 1


def _organizations(store: Store) -> Phrases:
    """The names of all organizations."""
    rows = store.values("organizations", ("name", "other_names"))
    names = [name for _record, name, others in rows for name in (name, *(each["value"] for each in others or ()))]
    return _by_first((name, ORGANIZATION) for name in names if name)


def _places(store: Store) -> Phrases:
    """Where events were held, where organizations are, and counties."""
    rows = store.values("events", ("name", "venue_name", "town", "tribal_land"))
    places = [place for _record, *places in rows for place in places if place]
    for _record, addresses in store.values("organizations", ("addresses",)):
        places += [each["value"]["town"] for each in addresses or () if each["value"].get("town")]
    return _by_first((place, PLACE) for place in (*places, *_counties()))


def _towns(store: Store, words: Iterable[_Word]) -> Phrases:
    """The towns that people here live in, of those that a large word may begin."""
    towns = []
    for word in {each.folded for each in words if each.large}:
        towns += [view.values["town"] or "" for view in store.looked_up("people", [_exactly("o", word)], _LOOKED_AT)]
    return _by_first((town, PLACE) for town in towns)


@cache
def _counties() -> tuple[str, ...]:
    return tuple(phrase.format(name) for name in named_counties() for phrase in ("{} County", "Condado de {}"))


def _speaker(store: Store, feedback: str) -> frozenset[str]:
    view = store.get("feedback", feedback) if feedback else None
    person = store.get("people", str(view.values["said_by"])) if view and view.values["said_by"] else None
    return frozenset(word for word in tokens(person.title if person else "") if len(word) >= _LEAST)


def _names(store: Store, text: str, words: Sequence[_Word], speaker: frozenset[str]) -> Iterator[Telltale]:
    """Words that people here are called by, those that stand side by side as one."""
    telling: list[bool] = []
    known: dict[str, bool] = {}
    for each in words:
        if each.large and len(each.folded) >= _LEAST and each.folded not in known:
            known[each.folded] = _is_called(store, each.folded)
        telling.append(each.folded in speaker or (each.large and known.get(each.folded, False)))
    for at, (one, other) in enumerate(pairwise(words)):
        if not (telling[at] and telling[at + 1]) and _of_one(store, one.folded, other.folded):
            telling[at] = telling[at + 1] = True
    run: list[_Word] = []
    for each, tells in zip(words, telling, strict=True):
        if run and not (tells and _side_by_side(text, run[-1], each)):
            yield _telltale(text, NAME, run[0], run[-1])
            run = []
        if tells:
            run.append(each)
    if run:
        yield _telltale(text, NAME, run[0], run[-1])


def _side_by_side(text: str, one: _Word, other: _Word) -> bool:
    return text[one.at + len(one.said) : other.at].strip(" -") == ""


def _is_called(store: Store, word: str) -> bool:
    """Whether somebody here is called by the word."""
    return any(word in tokens(view.title) for view in store.looked_up("people", [_exactly("w", word)], _LOOKED_AT))


def _of_one(store: Store, one: str, other: str) -> bool:
    """Whether both words are of one person's name, however they are written here."""
    if min(len(one), len(other)) < _LEAST:
        return False
    both = store.looked_up("people", [_exactly("x", f"{one[:_LEAST]}:{other[:_LEAST]}")], _LOOKED_AT)
    return any({one, other} <= {*tokens(view.title)} for view in both)


def _exactly(sort: str, key: str) -> Lookup:
    return Lookup(f"{sort}:{key}", f"{sort}:{key}\x00")
