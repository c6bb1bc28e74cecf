"""Phones, e-mails, websites and streets, brought to the form in which two spellings of one are equal."""

import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

from outreach_app.matching.word_lists import COMMON_DOMAINS, NO_MAILBOX, STREET_WORDS

_EXTENSION = re.compile(
    r"(?:\s*[,;#]|\s*\(?\b(?:ext?|extension|x)\b\.?|(?<=\d)\s*x)\s*:?\s*\d{1,6}\)?\s*$", re.IGNORECASE
)
_NOT_DIGITS = re.compile(r"\D")
_PLACEHOLDERS = frozenset({"1234567890", "0123456789", "1112223333"} | {digit * 10 for digit in "0123456789"})
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


def street_key(typed: str) -> str:
    """A street line with its common words shortened and its unit left off; "" where it holds no number."""
    words = re.sub(r"[^a-z0-9 ]+", " ", anyascii(typed).lower().replace(".", "")).split()
    line = _UNIT.sub("", " ".join(STREET_WORDS.get(word, word) for word in words)).strip()
    return line if any(character.isdigit() for character in line) else ""


def keys_of(typed: Iterable[str], *, email: bool = False) -> frozenset[str]:
    """The comparable forms of several phones (or e-mails), those that are none left out."""
    read = email_key if email else last_ten_digits
    return frozenset(key for key in map(read, typed) if key)
