"""A key that names spelled differently but sounding alike share, for English and Spanish together.

Our own rules, because the well-known ones (Soundex, Metaphone) are English only: they keep Vasquez from Basquez,
Jimenez from Gimenez, Hernandez from Ernandez and Ybarra from Ibarra, the slips a queue in two languages makes.
"""

import re
from functools import lru_cache

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^ll(?=[aeiou])", "y"),
        (r"^x", "j"),
        (r"^y(?![aeiou])", "i"),
        (r"ph", "f"),
        (r"sch|sh|ch", "x"),
        (r"ck|cq", "k"),
        (r"(?<=[aeiou])gh", ""),
        (r"dg(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"g(?=[eiy])", "j"),
        (r"qu?", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ts|tz|z", "s"),
        (r"dt", "t"),
        (r"h", ""),
        (r"v", "b"),
        (r"n(?=[bp])", "m"),
        (r"mb$", "m"),
        (r"(?<=[aeiou])w", "u"),
        (r"(?<!^)y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_INNER_VOWELS = re.compile(r"(?<!^)[aeiou]")
_FIRST_VOWEL = re.compile(r"^[aeiou]")


@lru_cache(maxsize=65_536)
def sound_with_vowels(word: str) -> str:
    """How a folded word (a-z only) sounds, vowels kept: for first names, where Dan and Don must stay two."""
    heard = word
    for pattern, sound in _RULES:
        heard = pattern.sub(sound, heard)
    return heard


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """How a folded word (a-z only) sounds by its consonants; a vowel in front counts as "a", whichever it is."""
    heard = _INNER_VOWELS.sub("", _FIRST_VOWEL.sub("a", sound_with_vowels(word)))
    return re.sub(r"(.)\1+", r"\1", heard)
