"""Organizations' names, without what people leave off, shorten or add."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from outreach_app.matching.names import tokens
from outreach_app.matching.word_lists import LEFT_OFF, SPELLED_OUT

_ASIDE = re.compile(r"\(([^()]*)\)")


def names_in(name: str) -> tuple[str, ...]:
    """A name and what it says in brackets, which is most often its short form: "Peninsula Volunteers (PVI)"."""
    asides = tuple(aside.strip() for aside in _ASIDE.findall(name) if aside.strip())
    return (_ASIDE.sub(" ", name).strip() or name, *asides)


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """The words that tell one organization from another, abbreviations spelled out, in order, each once."""
    words = tokens(name.replace("&", " and "))
    last = len(words) - 1
    spelled = [
        part
        for at, word in enumerate(words)
        # "Swain Co Schools" is the county's; "Baker Co" at the end is a company
        for part in ((word,) if word == "co" and at == last else SPELLED_OUT.get(word, word).split())
    ]
    telling = tuple(dict.fromkeys(word for word in spelled if word not in LEFT_OFF))
    return telling or tuple(dict.fromkeys(spelled))


@lru_cache(maxsize=65_536)
def acronym(name: str) -> str:
    """The initials its people would say: "Peninsula Volunteers, Inc." is "pv"."""
    return "".join(word[0] for word in name_words(name))


def alike(word: str, other: str) -> bool:
    """Whether one word of a name is the other, or the other mistyped."""
    if word == other:
        return True
    shorter = min(len(word), len(other))
    if shorter < 5 or word.isdigit() or other.isdigit():
        return False
    return OSA.distance(word, other, score_cutoff=1 if shorter < 9 else 2) <= (1 if shorter < 9 else 2)
