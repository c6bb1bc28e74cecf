"""What a person allows, from all they ever answered. Pure.

Entries are never altered. A later one names those it takes the place of; among those that none takes the place of, the
most restrictive holds, whatever the order they came in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

NOT_ASKED = "not_asked"
_STRICTNESS = {"granted": 0, NOT_ASKED: 1, "refused": 2, "withdrawn": 3}
_NOES = frozenset({"refused", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of one person about one channel. ``state`` and ``how`` are codes of their vocabularies."""

    id: str
    state: str
    how: str = ""
    given_on: str | None = None  # a day, whole or partial
    supersedes: frozenset[str] = frozenset()  # ids of earlier entries


class Leave(StrEnum):
    """Whether one answer may take the place of another."""

    YES = "yes"
    ASK = "ask"  # only once a person has said so
    NEVER = "never"


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that no other takes the place of. Entries that name each other in a ring all stand."""
    known = {entry.id: entry for entry in entries}
    replaced = {
        earlier
        for entry in known.values()
        for earlier in entry.supersedes
        if earlier in known and entry.id not in _reached(earlier, known)
    }
    return tuple(entry for entry in known.values() if entry.id not in replaced)


def _reached(start: str, known: Mapping[str, Entry]) -> set[str]:
    """The entries that ``start`` takes the place of, directly or through others; itself among them."""
    reached, waiting = set[str](), [start]
    while waiting:
        each = waiting.pop()
        if each in known and each not in reached:
            reached.add(each)
            waiting.extend(known[each].supersedes)
    return reached


def holding(entries: Iterable[Entry]) -> str:
    """The state that holds for one person and channel: the most restrictive that stands, "not_asked" where none does.

    A state this program does not know counts as the most restrictive: it allows nothing.
    """
    states = [entry.state for entry in standing(entries)]
    return max(states, key=lambda state: (_STRICTNESS.get(state, len(_STRICTNESS)), state), default=NOT_ASKED)


def allowed(entries: Iterable[Entry]) -> bool:
    """Whether the person may be reached, or quoted, this way."""
    return holding(entries) == "granted"


def may_supersede(new: Entry, old: Entry) -> Leave:
    """Whether ``new`` may take the place of ``old``.

    No blank takes the place of an answer. A yes takes the place of a no only after asking, and never where it was
    given before the no: paper that was filled in earlier is often typed in later.
    """
    if new.state == NOT_ASKED and old.state != NOT_ASKED:
        return Leave.NEVER
    if new.state != "granted" or old.state not in _NOES:
        return Leave.YES
    return Leave.NEVER if _surely_before(new.given_on, old.given_on) else Leave.ASK


def _surely_before(one: str | None, other: str | None) -> bool:
    """Whether every day ``one`` can mean lies before every day ``other`` can mean."""
    if not one or not other:
        return False
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]
