"""People's names, read so that two ways of writing one can be compared.

Nothing here decides what a person is called; it only finds what may be a first name and what a last name in
"Ma. Elena García de la Cruz", "GARCIA, Maria Elena" or "Bob O'Brien Jr.".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from outreach_app.matching.agreements import Level
from outreach_app.matching.given_names import is_given_name, names_for, same_or_short
from outreach_app.matching.sounds import sound, sound_with_vowels
from outreach_app.matching.word_lists import (
    ABBREVIATIONS,
    CREDENTIALS,
    DEVOTED,
    GENERATIONS,
    LEADING,
    PARTICLES,
    TITLES,
)

_MARIA = re.compile(r"\bm\.?\s?ª\.?|\bma\.(?=\s|$)", re.IGNORECASE)
_ASIDE = re.compile(r"[(\"“«]([^)\"”»]*)[)\"”»]")
_INSIDE_WORDS = re.compile(r"['’`´ʻ]")
_APART = re.compile(r"[^a-z0-9]+")


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared; all words folded to a-z."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()  # surnames without their particles: ("garcia", "cruz")
    whole_family: str = ""  # particles and all, run together: "garciadelacruz"
    generation: str = ""  # "jr", "sr", "ii", ...
    called: tuple[str, ...] = ()  # other first names they go by

    @property
    def words(self) -> tuple[str, ...]:
        """All that may be typed for them."""
        return self.given + self.called + self.family


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Text without accents, case and punctuation, one space between words; transliterated where it is not Latin."""
    return _APART.sub(" ", _INSIDE_WORDS.sub("", anyascii(_MARIA.sub("maria ", text)).lower())).strip()


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(fold(text).split())


@lru_cache(maxsize=131_072)
def read_name(name: str, given: str = "", family: str = "", preferred: str = "") -> Name:
    """A name as given in one field; where its parts are written in fields of their own, those are believed."""
    aside = [word for match in _ASIDE.findall(name) for word in tokens(match)]
    called = tuple(dict.fromkeys([*tokens(preferred)[:1], *aside[:1]]))
    before, comma, after = _ASIDE.sub(" ", name).partition(",")
    words, generation = _without_suffix(_abbreviated(tokens(before)))
    rest, later = _without_suffix(_abbreviated(tokens(after)), keep=0)
    words = _without_titles(words)
    surnames = _without_suffix(tokens(family))[0]
    if given and surnames:
        return _made(_abbreviated(tokens(given)), surnames, generation or later, called)
    if surnames and words[-len(surnames) :] == surnames:
        return _made(words[: -len(surnames)], surnames, generation or later, called)
    if comma and rest:
        return _made(_without_titles(rest), words, generation or later, called)
    at = _where_family_begins(words)
    return _made(words[:at], words[at:], generation or later, called)


def _made(given: tuple[str, ...], family: tuple[str, ...], generation: str, called: tuple[str, ...]) -> Name:
    surnames = tuple(word for word in family if word not in PARTICLES and len(word) > 1) or family
    names = tuple(word for word in given if word not in PARTICLES) or given
    return Name(names, surnames, "".join(family), generation, tuple(word for word in called if word not in names))


def _abbreviated(words: tuple[str, ...]) -> tuple[str, ...]:
    spelled = tuple(ABBREVIATIONS.get(word, word) for word in words)
    if len(spelled) > 2 and spelled[0] == "ma" and is_given_name(spelled[1]):
        return ("maria", *spelled[1:])
    return spelled


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words[1:] if len(words) > 2 and words[0] == "sr" else words


def _without_suffix(words: tuple[str, ...], keep: int = 1) -> tuple[tuple[str, ...], str]:
    """What stands before "Jr.", "III", "RN" and the like (at least ``keep`` words), and which generation was named."""
    generation = ""
    while len(words) > keep and (words[-1] in GENERATIONS or words[-1] in CREDENTIALS):
        generation = GENERATIONS.get(words[-1], generation)
        words = words[:-1]
    return words, generation


def _where_family_begins(words: tuple[str, ...]) -> int:
    """How many words are given names: the first, and those after it that are initials or known first names."""
    at = 1
    while at < len(words) - 1:
        name = next((place for place in range(at, len(words)) if words[place] not in PARTICLES), len(words))
        if name >= len(words) - 1:
            break
        if name > at:  # Maria de los Angeles, Juan de Dios: only a few names go on past a particle
            goes_on = words[0] in DEVOTED and is_given_name(words[name])
        else:
            goes_on = len(words[name]) == 1 or is_given_name(words[name])
        if not goes_on:
            break
        at = name + 1
    return min(at, len(words))


def first_name_agreement(a: Name, b: Name) -> Level:
    """How far two people's first names agree."""
    return first_names_agreement(a.given, a.called, b.given, b.called)


@lru_cache(maxsize=65_536)
def first_names_agreement(a: Words, a_called: Words, b: Words, b_called: Words) -> Level:
    """The same of first names, and other first names they go by."""
    if not (a or a_called) or not (b or b_called):
        return Level.MISSING
    if a and b and a[0] == b[0]:
        if len(a[0]) == 1:
            return Level.INITIAL
        return Level.DIFFERENT if _other_compound(a, b) else Level.SAME
    if a and b and "".join(a) == "".join(b):
        return Level.SAME
    if any(same_or_short(one, other) for one in a[:1] + a_called for other in b[:1] + b_called):
        return Level.DIFFERENT if _other_compound(a, b) else Level.NICKNAME
    if (len(a) > 1 and same_or_short(a[1], b[0] if b else "")) or (
        len(b) > 1 and same_or_short(b[1], a[0] if a else "")
    ):
        return Level.PART
    return _one_word(a[0], b[0]) if a and b else Level.DIFFERENT


def _other_compound(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """María Elena is not María Luisa, though both are María."""
    if len(a) < 2 or len(b) < 2 or not (a[0] in LEADING or b[0] in LEADING):
        return False
    return _one_word(a[1], b[1]) is Level.DIFFERENT and not same_or_short(a[1], b[1])


def _one_word(a: str, b: str) -> Level:
    if len(a) == 1 or len(b) == 1:
        letter, name = (a, b) if len(a) == 1 else (b, a)
        return Level.INITIAL if any(form[0] == letter for form in names_for(name)) else Level.DIFFERENT
    if (a[:-1] == b[:-1] and {a[-1], b[-1]} == {"o", "a"}) or a == b + "a" or b == a + "a":
        return Level.DIFFERENT  # Mario and Maria, Juan and Juana: one letter, two people
    if sound_with_vowels(a) == sound_with_vowels(b):
        return Level.SOUND
    if is_given_name(a) and is_given_name(b):
        return Level.DIFFERENT  # a slip of the finger seldom makes another name
    return Level.CLOSE if min(len(a), len(b)) >= 4 and OSA.distance(a, b, score_cutoff=1) <= 1 else Level.DIFFERENT


def family_name_agreement(a: Name, b: Name) -> Level:
    """How far two people's last names agree."""
    return family_names_agreement(a.family, a.whole_family, b.family, b.whole_family)


@lru_cache(maxsize=65_536)
def family_names_agreement(a: Words, a_whole: str, b: Words, b_whole: str) -> Level:
    """The same of last names, and the last name with its particles run together."""
    if not a or not b:
        return Level.MISSING
    if a_whole == b_whole or set(a) == set(b) or (len(a) == len(b) == 1 and a_whole in b):
        return Level.SAME
    if len(a[0]) == 1 or len(b[0]) == 1:
        return Level.INITIAL if a[0][0] == b[0][0] else Level.DIFFERENT
    if set(a) & set(b):
        return Level.PART if min(len(a), len(b)) == 1 else Level.HALF
    if any(len(sound(one)) > 1 and sound(one) == sound(other) for one in a for other in b):
        return Level.SOUND
    if any(_slip(one, other) for one in a for other in b) or _slip(a_whole, b_whole):
        return Level.CLOSE
    return Level.DIFFERENT


def _slip(a: str, b: str) -> bool:
    """Whether one word may be the other mistyped: one slip in five letters and more, two in nine and more."""
    allowed = min(len(a), len(b)) // 4 if min(len(a), len(b)) > 4 else 0
    return allowed > 0 and OSA.distance(a, b, score_cutoff=min(allowed, 2)) <= min(allowed, 2)


def compatible_first_names(a: str, b: str) -> bool:
    """Whether two first names ("Bob"; "María Elena"), without last names, may be one person's."""
    return first_names_agreement(tokens(a), (), tokens(b), ()) not in (Level.DIFFERENT, Level.MISSING)
