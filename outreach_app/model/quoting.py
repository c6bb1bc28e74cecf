"""Several texts in one, and back: parts with a sign between them, in quotes where they hold that sign themselves."""

from collections.abc import Iterable

_QUOTE = '"'


def joined(parts: Iterable[str], sign: str) -> str:
    """``parts`` in one text, such as ``Food pantry; "Rides; by appointment"``."""
    gap = f"{sign} " if sign == ";" else f" {sign} "
    return gap.join(_quoted(part, sign) for part in parts)


def _quoted(part: str, sign: str) -> str:
    if sign in part or "\n" in part or part.startswith(_QUOTE):
        return _QUOTE + part.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return part


def parted(text: str, signs: str) -> list[str]:
    """The parts of ``text``, at any of ``signs``, stripped; a quote that is never closed is an ordinary letter."""
    parts: list[str] = []
    rest = text.strip()
    while rest:
        part, rest = _first(rest, signs)
        parts.append(part)
    return parts


def _first(text: str, signs: str) -> tuple[str, str]:
    """(the first part, what follows its sign)."""
    if text.startswith(_QUOTE):
        end = _closing(text)
        after = text[end + 1 :].lstrip(" \t\xa0") if end > 0 else ""
        if end > 0 and (not after or after[0] in signs):
            return text[1:end].replace(_QUOTE * 2, _QUOTE), after[1:].lstrip(" \t\xa0")
    ends = [at for at in (text.find(sign) for sign in signs) if at >= 0]
    if not ends:
        return text.strip(), ""
    return text[: min(ends)].strip(), text[min(ends) + 1 :].lstrip(" \t\xa0")


def _closing(text: str) -> int:
    """Where the quote that ``text`` begins with is closed; -1 where it never is."""
    at = 1
    while (at := text.find(_QUOTE, at)) >= 0:
        if text[at + 1 : at + 2] != _QUOTE:
            return at
        at += 2
    return -1
