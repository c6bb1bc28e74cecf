"""Phones, e-mails, websites and streets, brought to the form in which two spellings of one are equal."""

import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from outreach_app.matching.word_lists import COMMON_DOMAINS, NO_MAILBOX, STREET_WORDS

_EXTENSION = re.compile(
    r"(?:\s*[,;#]|\s*\(?\b(?:ext?|extension|x)\b\.?|(?<=\d)\s*x)\s*:?\s*\d{1,6}\)?\s*$", re.IGNORECASE
)
_NOT_DIGITS = re.compile(r"\D")
_PLACEHOLDERS = frozenset({"1234567890", "0123456789", "1112223333"} | {digit * 10 for digit in "0123456789"})
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")
_UNIT = re.compile(r"\b(?:apt|ste|unit|lot|trlr|room|rm|floor|fl)\b.*$")


@lru_cache(maxsize=65_536)
def last_ten_digits(typed: str) -> str:
    """The last ten digits of a phone, its extension left off; "" where there are fewer or nobody has such a number."""
    digits = _NOT_DIGITS.sub("", _EXTENSION.sub("", typed))
    last = digits[-10:]
    return last if len(last) == 10 and last not in _PLACEHOLDERS else ""


@lru_cache(maxsize=65_536)
def email_key(typed: str) -> str:
    """An e-mail as its mailbox knows it (case, and for Gmail dots and +tags, make no difference); "" if it is none."""
    folded = typed.strip().strip("<>").lower().removeprefix("mailto:")
    if not _EMAIL.match(folded):
        return ""
    box, _, domain = folded.rpartition("@")
    if domain in ("gmail.com", "googlemail.com"):
        box, domain = box.split("+")[0].replace(".", ""), "gmail.com"
    return "" if box in NO_MAILBOX or not box else f"{box}@{domain}"


def domain_of(address: str) -> str:
    """The domain of a website or e-mail that is its owner's own; "" for one that anyone can have."""
    host = address.strip().lower().split("://")[-1].split("/")[0].split("?")[0].rpartition("@")[2].split(":")[0]
    domain = host.removeprefix("www.").strip(".")
    return "" if "." not in domain or domain in COMMON_DOMAINS else domain


@lru_cache(maxsize=65_536)
def street_key(typed: str) -> str:
    """A street line with its common words shortened and its unit left off; "" where it holds no number."""
    words = re.sub(r"[^a-z0-9 ]+", " ", anyascii(typed).lower().replace(".", "")).split()
    line = _UNIT.sub("", " ".join(STREET_WORDS.get(word, word) for word in words)).strip()
    return line if any(character.isdigit() for character in line) else ""


def day_key(typed: str) -> str:
    """A day as eight digits, year first; "" where it is none. Of 3/4 the month is first, as here it is written."""
    found = _SLASHED.match(typed.strip())
    digits = f"{found[3]}{int(found[1]):02}{int(found[2]):02}" if found else _NOT_DIGITS.sub("", typed)[:8]
    return digits if len(digits) == 8 and digits.strip("0") else ""


def alike_days(one: str, other: str) -> bool:
    """Whether one of two days (:func:`day_key`) may be the other mistyped: one digit, or day and month swapped."""
    return OSA.distance(one, other, score_cutoff=1) <= 1 or one == other[:4] + other[6:] + other[4:6]


def number_key(typed: str) -> str:
    """A number by which an office knows a person, letters and digits alone; "" for one that tells nobody apart."""
    key = re.sub(r"[^0-9a-z]+", "", typed.lower())
    return key if len(key) >= 4 and len(set(key)) > 1 else ""


def keys_of(typed: Iterable[str], *, email: bool = False) -> frozenset[str]:
    """The comparable forms of several phones (or e-mails), those that are none left out."""
    read = email_key if email else last_ten_digits
    return frozenset(key for key in map(read, typed) if key)
