"""From what a person types to a key: Argon2id, and what one guess of it costs."""

import unicodedata
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from outreach_app.model.errors import OutreachError
from outreach_app.texts import _

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a passphrase costs by Argon2id."""

    memory_kib: int
    passes: int
    lanes: int

    @property
    def bearable(self) -> bool:
        """Whether this computer should try at all: a hostile file may ask for all its memory, or for a week."""
        return 8 * self.lanes <= self.memory_kib <= 2**20 and 1 <= self.passes <= 64 and 1 <= self.lanes <= 16


FULL_COST = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
DEMO_COST = Cost(memory_kib=64, passes=1, lanes=1)  # protects nothing: for tests and made-up seasons alone


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from what a person types, the same for every way a keyboard may compose its letters."""
    typed = unicodedata.normalize("NFKC", secret).encode()
    try:
        return hash_secret_raw(typed, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except HashingError as fault:
        raise OutreachError(
            _("This computer is short of memory just now. Please close other programs and try again.")
        ) from fault
