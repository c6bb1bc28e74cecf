"""Six words that can be said over a telephone: 66 random bits that open an invitation.

The words are the English list of BIP 39: 2,048 of them, no two with the same first four letters. So four letters of a
word suffice, and capitals, spaces, hyphens and numbering do not matter.
"""

import re
import secrets
import unicodedata
from functools import cache

from mnemonic import Mnemonic

from outreach_app.model.errors import BadInput
from outreach_app.texts import _

COUNT = 6
_LETTERS = 4


@cache
def _by_letters() -> dict[str, str]:
    return {word[:_LETTERS]: word for word in Mnemonic("english").wordlist}


def draw_code() -> str:
    """Six words at random, with spaces between them."""
    words = list(_by_letters().values())
    return " ".join(secrets.choice(words) for _word in range(COUNT))


def normal_code(typed: str) -> str:
    """What a person typed, as :func:`draw_code` would have written it.

    Raises BadInput naming a word that is in no list, or where there are not six.
    """
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed).casefold())
    for word in words:
        if word[:_LETTERS] not in _by_letters():
            raise BadInput(_("“{word}” is not one of the words of an invitation. Please check it.", word=word))
    if len(words) != COUNT:
        raise BadInput(_("An invitation opens with six words, not {n}.", n=len(words)))
    return " ".join(_by_letters()[word[:_LETTERS]] for word in words)
