"""Which pairs are worth comparing: those that share a key few others share.

So the work grows with the rows, not with their square.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

BLOCK = 40  # rows that may share a key before it tells too little to compare them all


class Traits(NamedTuple):
    """What of one row says how it is compared with others."""

    keys: frozenset[str]  # rows that share one that few share are compared
    words: tuple[str, ...]  # how many rows hold each tells what it is worth to share it; :data:`ROW` is among them


ROW = ""
"""The word that every row holds."""


def pairs_to_compare(keys: Sequence[Iterable[str]], block: int = BLOCK) -> set[tuple[int, int]]:
    """Pairs (i, j), i < j, of rows that share a key held by at most ``block`` rows; ``keys[i]`` are those of row i.

    At most (block - 1) / 2 pairs come from each row and key, so the number grows with the rows.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for row, own in enumerate(keys):
        for key in set(own):
            holders[key].append(row)
    pairs: set[tuple[int, int]] = set()
    for rows in holders.values():
        if 1 < len(rows) <= block:
            pairs.update((rows[i], rows[j]) for i in range(len(rows)) for j in range(i + 1, len(rows)))
    return pairs


class Rarity:
    """How much it says, in bits, that two share a word: two Thaddeus Oxendines more than two Maria Garcias.

    Few rows prove little about how common a word is, so counts lean on ``leaning`` rows in which no word is common.
    """

    def __init__(self, held: Mapping[str, int], mark: str = "", leaning: int = 500, most: float = 11.0) -> None:
        """``held``: how many rows hold each word, as :class:`Traits` have them: behind a ``mark`` of their sort."""
        self._held = held
        self._mark = mark
        self._rows = held.get(ROW, 0) + leaning
        self._most = most
        self._known: dict[str, float] = {}

    def bits(self, word: str) -> float:
        """What sharing ``word`` is worth."""
        found = self._known.get(word)
        if found is None:
            found = min(math.log2(self._rows / (self._held.get(self._mark + word, 0) + 1)), self._most)
            self._known[word] = found
        return found
