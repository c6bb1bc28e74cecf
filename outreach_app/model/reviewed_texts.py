"""Who read a text before it leaves, and which words: in one value, so that no other words leave in their place."""

from hashlib import sha256

_BETWEEN, _SIGNS = " · ", 12


def reviewed(by: str, text: str) -> str:
    """What is written down once somebody has read a text: who, and a mark of the words."""
    return f"{by.partition(_BETWEEN)[0]}{_BETWEEN}{_mark(text)}"


def is_reviewed(text: str | None, by: str | None) -> bool:
    """Whether the words that stand are those that were read, wherever each of the two was written."""
    return bool(text) and (by or "").rpartition(_BETWEEN)[2] == _mark(text or "")


def _mark(text: str) -> str:
    """Alike however the words are spaced, for a spreadsheet may space them otherwise."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:_SIGNS]
