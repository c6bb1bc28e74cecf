"""Which records are one, of pairs that may be: groups by average link, never by chaining.

One pair that looks alike does not join two groups whose other members differ: what counts is how alike their members
are on the whole, and of those that matching did not even propose it speaks against.
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_UNLIKE = -6.0  # log2 of the odds of two that matching did not propose
_MOST = 12.0  # what one pair can say for its groups, however sure it is

Id = TypeVar("Id", bound=Hashable)


def groups(pairs: Iterable[tuple[Id, Id, float]], least: float = 0.0) -> list[list[Id]]:
    """The groups of two or more, each in the order its members were named; of pairs with log2 of the odds that they are
    one. Two groups come together while their members are alike by ``least`` on average."""
    beside: dict[Id, dict[Id, float]] = {}
    for one, other, score in pairs:
        bits = min(score, _MOST)
        beside.setdefault(one, {})[other] = bits
        beside.setdefault(other, {})[one] = bits
    order = {each: place for place, each in enumerate(beside)}
    found = [group for together in _connected(beside) for group in _joined(together, beside, least) if len(group) > 1]
    return sorted((sorted(each, key=order.__getitem__) for each in found), key=lambda each: order[each[0]])


def _connected(beside: Mapping[Id, Mapping[Id, float]]) -> Iterable[list[Id]]:
    """The sets between which no pair was proposed."""
    seen: set[Id] = set()
    for start in beside:
        if start in seen:
            continue
        seen.add(start)
        together, todo = [start], [start]
        while todo:
            for other in beside[todo.pop()]:
                if other not in seen:
                    seen.add(other)
                    together.append(other)
                    todo.append(other)
        yield together


def _joined(together: Sequence[Id], beside: Mapping[Id, Mapping[Id, float]], least: float) -> list[list[Id]]:
    """The groups within one set, the most alike joined first."""
    members: dict[int, list[Id]] = {place: [each] for place, each in enumerate(together)}
    place_of = {each: place for place, each in enumerate(together)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)  # by two groups, the sum over their members' pairs proposed
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for each in together:
        for near, bits in beside[each].items():
            sums[place_of[each]][place_of[near]] = bits
            counts[place_of[each]][place_of[near]] = 1

    def average(one: int, other: int) -> float:
        of = len(members[one]) * len(members[other])
        return (sums[one][other] + _UNLIKE * (of - counts[one][other])) / of

    heap = [(-average(one, other), one, other) for one in sums for other in sums[one] if one < other]
    heapq.heapify(heap)
    while heap:
        likeness, one, other = heapq.heappop(heap)
        if -likeness < least:
            break
        if one not in members or other not in members or -likeness != average(one, other):
            continue  # one of them came to another, or grew
        members[one] += members.pop(other)
        for third in {*sums[one], *sums[other]} - {one, other}:
            total = sums[one].get(third, 0.0) + sums[other].get(third, 0.0)
            sums[one][third] = sums[third][one] = total
            counts[one][third] = counts[third][one] = counts[one].get(third, 0) + counts[other].get(third, 0)
            sums[third].pop(other, None)
            counts[third].pop(other, None)
            heapq.heappush(heap, (-average(one, third), min(one, third), max(one, third)))
        sums[one].pop(other, None)
        counts[one].pop(other, None)
        del sums[other], counts[other]
    return list(members.values())
