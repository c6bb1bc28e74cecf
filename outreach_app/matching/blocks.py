"""Which pairs are worth comparing: those that share a key few others share.

So the work grows with the rows, not with their square.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

BLOCK = 40  # rows that may share a key before it tells too little to compare them all


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

    def __init__(self, words: Iterable[str], rows: int, leaning: int = 500, most: float = 11.0) -> None:
        self._counts = Counter(words)
        self._rows = rows + leaning
        self._most = most

    def bits(self, word: str) -> float:
        """What sharing ``word`` is worth."""
        return min(math.log2(self._rows / (self._counts[word] + 1)), self._most)
