"""Which pairs are worth comparing: those that share a key few others share.

So the work grows with the rows, not with their square.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from outreach_app.apart import ALL, Share

BLOCK = 40  # rows that may share a key before it tells too little to compare them all


class Traits(NamedTuple):
    """What of one row says how it is compared with others."""

    keys: frozenset[str]  # rows that share one that few share are compared
    words: tuple[str, ...]  # how many rows hold each tells what it is worth to share it; :data:`ROW` is among them


ROW = ""
"""The word that every row holds."""


_ROW_BITS = 24
_KEY_BITS = 64 - _ROW_BITS


class Blocks:
    """The rows that share keys few others share. What is held grows with the keys, at eight bytes each."""

    def __init__(self, share: Share = ALL) -> None:
        """``share``: of whose rows the pairs are wanted, each pair being its lesser row's."""
        self._share = share
        self._beside: defaultdict[int, list[Sequence[int]]] = defaultdict(list)  # by row, the blocks it is in

    def add(self, keys: Iterable[Iterable[str]], block: int = BLOCK) -> None:
        """The keys of each row, in the order of the rows; rows that share one held by at most ``block`` are compared.

        A key is held as 40 bits of its hash: of millions a few may be taken for another, which brings together rows
        that comparing them tells apart.
        """
        held = array("Q")
        for row, own in enumerate(keys):
            self._share.pause()
            held.extend([hash(key) % 2**_KEY_BITS << _ROW_BITS | row for key in set(own)])
        of_row = 2**_ROW_BITS - 1
        for _key, entries in groupby(sorted(held), key=lambda each: each >> _ROW_BITS):
            sharing = [*entries]
            if 1 < len(sharing) <= block:
                rows = array("L", [each & of_row for each in sharing])
                for row in filter(self._share.has, rows[:-1]):
                    self._beside[row].append(rows)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Pairs (i, j), i < j, each once. At most (block - 1) / 2 come from each row and key, so their number grows
        with the rows."""
        for row, blocks in self._beside.items():
            self._share.pause()
            yield from ((row, other) for other in {other for rows in blocks for other in rows if other > row})


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
