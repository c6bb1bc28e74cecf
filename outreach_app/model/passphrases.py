"""Which passphrases may be chosen, and which of them are easily guessed: said kindly, for nobody is held up by it."""

from outreach_app.texts import _

LEAST = 6
"""Letters that a passphrase has at least."""
GOOD, WORDS = 12, 4
"""Letters, or words, from which on a passphrase holds for long."""
_DIFFERENT = 5  # letters, in one that is long: "aaaaaaaaaaaa" is not


def refusal(passphrase: str) -> str:
    """Why a passphrase cannot be chosen, with what to do; "" where it can."""
    if len(passphrase.strip()) < LEAST:
        return _("Please choose a passphrase of {n} letters or more. Four words hold long.", n=LEAST)
    return ""


def advice(passphrase: str) -> str:
    """What would be safer than a passphrase that can be chosen; "" where it is good."""
    words = {word.casefold() for word in passphrase.split() if len(word) > 1}
    long = len(passphrase.strip()) >= GOOD and len(set(passphrase.casefold())) >= _DIFFERENT
    if long or len(words) >= WORDS:
        return ""
    return _(
        "Whoever takes the laptop may guess this one. {n} letters or more, or four words that do not belong together, "
        "hold longer.",
        n=GOOD,
    )
