"""Six words that can be said over a telephone: 66 random bits that open an invitation."""

import secrets

from outreach_app.model.errors import BadInput
from outreach_app.store.spoken_words import spoken, word_list
from outreach_app.texts import _

COUNT = 6


def draw_code() -> str:
    """Six words at random, with spaces between them."""
    words = word_list()
    return " ".join(secrets.choice(words) for _word in range(COUNT))


def normal_code(typed: str) -> str:
    """What a person typed, as :func:`draw_code` would have written it.

    Raises BadInput naming a word that is in no list, or where there are not six.
    """
    words = spoken(typed)
    if len(words) != COUNT:
        raise BadInput(_("An invitation opens with six words, not {n}.", n=len(words)))
    return " ".join(words)
