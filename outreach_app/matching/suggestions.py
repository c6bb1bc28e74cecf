"""As you type: which known people fit best, and whether what was typed singles out one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from outreach_app.matching.agreements import Part
from outreach_app.matching.contacts import domain_of, email_key, keys_of, last_ten_digits
from outreach_app.matching.given_names import same_or_short
from outreach_app.matching.names import fold, tokens
from outreach_app.matching.sounds import sound

_WHOLE, _BEGUN, _NICKNAME, _SOUND, _SLIP, _BESIDE = 100.0, 92.0, 84.0, 78.0, 70.0, 60.0
_ALIKE = 0.86  # Jaro-Winkler at which two words are one mistyped
_LEAST = 34.0  # below this nobody would see why it was offered
_MAY_BE = 68.0  # from this on a name that is written whole may be of one who is here: of three words all three fit


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who may be meant: what a suggestion line shows and is found by."""

    id: str
    name: str
    organization: str = ""
    town: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # an organization's other names
    website: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A known person and how well they fit what was typed, 0 to 100."""

    known: Known
    score: float


@dataclass(frozen=True, slots=True)
class Near:
    """One who may be whom somebody is writing down, and what they have in common beside the name."""

    known: Known
    same: tuple[Part, ...]


def rank(typed: str, candidates: Sequence[Known], limit: int = 8) -> list[Ranked]:
    """The candidates that fit what was typed, best first; by name, organization, town, phone or e-mail."""
    words, digits = _parted(typed)
    if not words and not digits:
        return []
    scored = [Ranked(known, _fit(typed, words, digits, known)) for known in candidates]
    fitting = [ranked for ranked in scored if ranked.score >= _LEAST]
    return sorted(fitting, key=lambda ranked: (-ranked.score, fold(ranked.known.name), ranked.known.id))[:limit]


def singles_out(typed: str, ranked: Sequence[Ranked]) -> Known | None:
    """The one known person that what was typed singles out, so that Enter may take them; else None.

    It takes at least two words of their name (each typed in full or begun with two letters or more, each a different
    word), seven digits of a phone, or a whole e-mail; that every word typed is theirs; and that nobody else in
    ``ranked`` fits so. Words typed in full beat words begun: "Ann Lee" singles out Ann Lee beside Ann Leeson. A first
    name alone never does: most walk-ins share theirs with somebody.
    """
    fits = [(_certainty(typed, one.known), one.known) for one in ranked]
    best = max((certainty for certainty, _ in fits), default=0)
    single = [known for certainty, known in fits if certainty == best]
    return single[0] if best and len(single) == 1 else None


def may_be_here(written: Known, candidates: Sequence[Known], limit: int = 3) -> list[Near]:
    """The candidates whom somebody may be writing down anew: those with a phone, an e-mail or a website in common, or
    with a name that fits as a whole; the likeliest first. A first name alone is nobody's."""
    found = []
    for known in candidates:
        same, fit = _in_common(written, known), _names_fit(written.name, known)
        if same or fit >= _MAY_BE:
            found.append((-(len(same) * _WHOLE + fit), known.id, Near(known, same)))
    return [near for _score, _id, near in sorted(found, key=lambda each: each[:2])[:limit]]


def _in_common(one: Known, other: Known) -> tuple[Part, ...]:
    shared = {
        Part.PHONE: keys_of(one.phones) & keys_of(other.phones),
        Part.EMAIL: keys_of(one.emails, email=True) & keys_of(other.emails, email=True),
        Part.WEBSITE: _domains(one) & _domains(other) if one.website or other.website else (),
    }
    return tuple(part for part, both in shared.items() if both)


def _domains(known: Known) -> set[str]:
    return {domain for domain in map(domain_of, (known.website, *known.emails)) if domain}


def _names_fit(typed: str, known: Known) -> float:
    """How well two names written whole fit each other, the shorter within the longer; 0 where one is a word alone."""
    words = _words_of(typed)
    best = 0.0
    for name in (known.name, *known.called):
        names = _words_of(name)
        if sorted(words) == sorted(names) and words:
            return _WHOLE
        if min(len(words), len(names)) > 1:
            fits = _fit("", words, "", Known("", name)), _fit("", names, "", Known("", typed))
            best = max(best, *fits)
    return best


def _parted(typed: str) -> tuple[tuple[str, ...], str]:
    """The words typed and the digits typed; an e-mail is taken as its words."""
    words = fold(typed).split()
    digits = "".join(word for word in words if word.isdigit())
    return tuple(word for word in words if not word.isdigit()), digits


def _fit(typed: str, words: tuple[str, ...], digits: str, known: Known) -> float:
    if "@" in typed and any(_email_begins(typed, email) for email in known.emails):
        return _WHOLE
    names, beside = _name_and_beside(known)
    scores: list[float] = []
    free = list(names)
    for place, word in enumerate(words):
        score, taken = _best_word(word, free, last=place == len(words) - 1)
        if taken is not None:
            free.remove(taken)
        scores.append(max(score, _BESIDE if any(other.startswith(word) for other in beside) else 0.0))
    if digits:
        scores.append(_phone_fit(digits, known))
    total = sum(scores) / len(scores)
    if words and names and scores[0] >= _BEGUN and names[0].startswith(words[0]):
        total += 1.5  # names are mostly typed from the front
    return min(total - 0.2 * len(free), _WHOLE)


def _best_word(word: str, names: Sequence[str], *, last: bool) -> tuple[float, str | None]:
    best, taken = 0.0, None
    for name in names:
        score = _word_fit(word, name, last)
        if score > best:
            best, taken = score, name
    return best, taken


@lru_cache(maxsize=65_536)
def _word_fit(word: str, name: str, last: bool) -> float:
    """How well one typed word fits one word of a name; only the last one may still be unfinished."""
    if word == name:
        return _WHOLE
    if name.startswith(word):
        return _BEGUN if last or len(word) > 1 else _SLIP
    if same_or_short(word, name):
        return _NICKNAME
    if (
        len(word) > 3
        and len(heard := sound(word)) > 1
        and (sound(name) == heard or (last and sound(name).startswith(heard)))
    ):
        return _SOUND
    begun = name[: len(word)] if last else name
    if len(word) > 3 and (JaroWinkler.similarity(word, begun) >= _ALIKE and OSA.distance(word, begun) <= 2):
        return _SLIP
    return 0.0


def _phone_fit(digits: str, known: Known) -> float:
    wanted = digits[-10:]
    numbers = [last_ten_digits(phone) for phone in known.phones]
    if len(wanted) == 10 and wanted in numbers:
        return _WHOLE
    if len(wanted) >= 4 and any(number.endswith(wanted) for number in numbers):
        return _BEGUN
    if len(wanted) >= 3 and any(number.startswith(wanted) for number in numbers):
        return _BEGUN - 2
    if len(wanted) == 10 and any(number and OSA.distance(number, wanted) <= 1 for number in numbers):
        return _SLIP
    return 0.0


def _name_and_beside(known: Known) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _words_of(known.name), _words_of(known.organization) + _words_of(known.town)


@lru_cache(maxsize=65_536)
def _words_of(text: str) -> tuple[str, ...]:
    return tokens(text)


def _email_begins(typed: str, email: str) -> bool:
    return email.lower().startswith(typed.strip().lower()) or bool(
        email_key(typed) and email_key(typed) == email_key(email)
    )


def _certainty(typed: str, known: Known) -> int:
    """0: singles nobody out; 1: each word typed begins one of theirs; 2: each word typed, or the contact, is theirs."""
    words, digits = _parted(typed)
    if "@" in typed:
        return 2 if email_key(typed) and any(email_key(email) == email_key(typed) for email in known.emails) else 0
    if digits and not any(last_ten_digits(phone).endswith(digits[-10:]) for phone in known.phones):
        return 0
    names, beside = _name_and_beside(known)
    by_phone = len(digits) >= 7
    whole = _each_fits(words, names, beside, lambda word, name: word == name)
    if whole is not None and (by_phone or whole >= 2):
        return 2
    begun = _each_fits(words, names, beside, _begins)
    return 1 if begun is not None and (by_phone or begun >= 2) else 0


def _each_fits(
    words: Sequence[str], names: Sequence[str], beside: Sequence[str], fits: Callable[[str, str], bool]
) -> int | None:
    """How many of the words are of the name, each another; None where one is neither that nor beside it."""
    free, of_name = list(names), 0
    for word in words:
        taken = next((name for name in free if fits(word, name)), None)
        if taken is not None:
            free.remove(taken)
            of_name += 1
        elif not any(fits(word, other) for other in beside):
            return None
    return of_name


def _begins(word: str, name: str) -> bool:
    return word == name or (len(word) > 1 and name.startswith(word))
