"""Secrets as words that people say, print and type: the English list of BIP 39.

It has 2,048 words, 11 bits each, no two with the same first four letters. So four letters of a word suffice, and
capitals, hyphens, line ends and the numbers before the words do not matter.
"""

import re
import unicodedata
from functools import cache

from mnemonic import Mnemonic

from outreach_app.model.errors import BadInput
from outreach_app.texts import _

_LETTERS = 4


@cache
def _by_letters() -> dict[str, str]:
    return {word[:_LETTERS]: word for word in Mnemonic("english").wordlist}


def word_list() -> list[str]:
    """The 2,048 words, in the list's order."""
    return list(_by_letters().values())


def spoken(typed: str) -> list[str]:
    """The words of the list that a person typed, whole. Raises BadInput naming what is no word of it."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed).casefold())
    for word in words:
        if word[:_LETTERS] not in _by_letters():
            raise BadInput(_("“{word}” is not one of the words that Outreach uses. Please check it.", word=word))
    return [_by_letters()[word[:_LETTERS]] for word in words]
