"""Words that are spelled nearly as one was typed: of every word in the index, its first letters with each left out.

Two words that differ by a letter too much, too few, another or two changed places have one such beginning in common, so
what comes near is found by a handful of keys, however many words there are.
"""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection

from outreach_app.store.journals import chunks
from outreach_app.store.statements import Statements

LEAST = 4
"""Shorter words come near too many others."""

_FIRST = 7  # letters that keys are made of
_MOST = 30  # letters of what is still a word of some language
_LONG = 8  # letters of a word in which two may be wrong
_LOOKED_AT = 400
_WORD = re.compile(r"\w+", re.UNICODE)


def spelled(text: str) -> set[str]:
    """The words of a text that are long enough, of letters alone, as the index holds them: no accents, no case."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    words = _WORD.findall(text.casefold())
    return {word for word in words if LEAST <= len(word) <= _MOST and word.isalpha()}


def _keys(word: str) -> set[str]:
    """The beginning of a word, and the same with each of its letters left out."""
    first = word[:_FIRST]
    return {first, *(first[:at] + first[at + 1 :] for at in range(len(first)))}


def note(connection: Connection, texts: Iterable[str]) -> None:
    """Keep the words of texts that are not kept yet."""
    do = Statements(connection)
    words = set().union(*map(spelled, texts))
    known: set[str] = set()
    for chunk in chunks(words):
        places = ",".join("?" * len(chunk))
        asked = f"SELECT word FROM near_words WHERE key IN ({places})"  # noqa: S608 (only question marks)
        known.update(do(asked, tuple(word[:_FIRST] for word in chunk)).scalars())
    new = [(key, word) for word in words - known for key in _keys(word)]
    if new:
        do("INSERT OR IGNORE INTO near_words (key, word) VALUES (?,?)", new)


def near(connection: Connection, word: str, limit: int = 8) -> list[str]:
    """Kept words that are, or begin, nearly as one does: one letter is wrong, in a long word two; the nearest first."""
    from rapidfuzz.distance import OSA

    if len(word) < LEAST:
        return []
    keys = sorted(_keys(word))
    places = ",".join("?" * len(keys))
    asked = f"SELECT DISTINCT word FROM near_words WHERE key IN ({places}) LIMIT ?"  # noqa: S608 (only question marks)
    allowed = 2 if len(word) >= _LONG else 1
    found: list[tuple[int, str]] = []
    for other in Statements(connection)(asked, (*keys, _LOOKED_AT)).scalars():
        ends = {min(len(other), len(word) + more) for more in (-1, 0, 1)} | {len(other)}
        apart = min(OSA.distance(word, other[:end], score_cutoff=allowed) for end in ends)
        if apart <= allowed:
            found.append((apart, other))
    return [other for _apart, other in sorted(found)[:limit]]
