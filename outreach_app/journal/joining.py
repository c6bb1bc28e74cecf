"""Joins: what stands as one, under which of them, and where that contradicts itself or has come to differ.

A link says of two records that they are the same or not the same. All that *same* links connect stand as one, under
the oldest that is here and shown. It follows from the set of links alone, whatever the order they came in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from outreach_app.journal.standing import frozen
from outreach_app.model.fields import Rule

SAME, NOT_THE_SAME = "same", "not_same"
"""What a link says of its two."""

Pair: TypeAlias = tuple[str, str]

Near: TypeAlias = Callable[[str], Iterable[str]]
"""The records that some *same* link puts beside one."""


def pair_of(one: str, other: str) -> Pair:
    """The two in the order in which every laptop names them: the older first."""
    return (one, other) if one < other else (other, one)


def connected(record: str, near: Near, without: str = "") -> frozenset[str]:
    """The record and all that *same* links connect with it; ``without`` one, only what they connect around it."""
    found, todo = {record}, [record]
    while todo:
        new = set(near(todo.pop())) - found - {without}
        found |= new
        todo += new
    return frozenset(found)


def standing_under(here: Mapping[str, bool]) -> dict[str, str | None]:
    """What each of those that stand as one stands under, None for the head. ``here``: those that have arrived, each
    with whether it is shown.

    The head is the oldest shown, so that none vanishes behind one that was deleted or has not come yet.
    """
    head = min(here, key=lambda record: (not here[record], record), default="")
    return {record: None if record == head else head for record in here}


def contradicted(apart: Iterable[Pair], heads: Mapping[str, str]) -> list[Pair]:
    """Those of the pairs that are not the same, and stand under one head all the same. ``heads``: of each that is shown
    what it stands under, itself where that is nothing else."""
    return sorted(
        {
            pair_of(one, other)
            for one, other in apart
            if one != other and heads.get(one, one) == heads.get(other, other) and one in heads and other in heads
        }
    )


def severed(record: str, other: str, near: Near) -> list[Pair]:
    """The *same* links to take back so that ``record`` no longer stands as one with ``other``: its own that lead there.

    What else is joined to it stays joined to it.
    """
    there = connected(other, near, without=record)
    return sorted(pair_of(record, each) for each in near(record) if each in there)


def come_to_differ(
    rules: Mapping[str, Rule], shown: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The fields, each with an element or "", in which a member says what its head does not show.

    Somebody who did not know of the join went on writing in it alone. ``shown`` and ``own`` are the values of the head
    and the member, as :class:`~outreach_app.journal.standing.RecordState` has them.
    """
    for name, rule in rules.items():
        if rule is Rule.LIST:
            said = {frozen(each["value"]) for each in shown.get(name) or ()}
            yield from ((name, each["id"]) for each in own.get(name) or () if frozen(each["value"]) not in said)
        elif rule is Rule.ONCE:
            if not texts(own.get(name)) <= texts(shown.get(name)):
                yield name, ""
        elif frozen(own.get(name)) != frozen(shown.get(name)):
            yield name, ""


def texts(value: Any) -> frozenset[Any]:
    """What a *once* field says, text by text: the lines it shows."""
    return frozenset(value.split("\n") if isinstance(value, str) else () if value is None else (frozen(value),))
