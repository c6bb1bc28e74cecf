"""Everything the program draws by chance, and the moment it asks for beside its clock, from one seed.

Two plays of one seed then make the same ids, runs, salts and codes. Keys and ciphertext are drawn by the libraries that
make them, and stay different: nothing that is compared holds any of them.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from outreach_app.model import identifiers
from outreach_app.store import drafts, identities, recovery_keys, stores
from outreach_app.sync import folders


@contextmanager
def drawn_from(dice: random.Random, now: Callable[[], int]) -> Iterator[None]:
    """Have ids, runs, salts and codes drawn from ``dice``, and ids dated ``now`` (microseconds since 1970 UTC)."""
    drawn = SimpleNamespace(urandom=dice.randbytes)
    with pytest.MonkeyPatch.context() as patch:
        for module in (identifiers, drafts, stores):
            patch.setattr(module, "os", drawn)
        patch.setattr(identifiers, "time", SimpleNamespace(time_ns=lambda: now() * 1_000))
        patch.setattr(identifiers, "_last_id", 0)
        patch.setattr(identifiers, "_last_element", 0)
        patch.setattr(drafts, "random", SimpleNamespace(SystemRandom=lambda: dice, Random=random.Random))
        for each in (identities, recovery_keys):  # who a new laptop is, and a new sheet
            patch.setattr(each, "secrets", SimpleNamespace(token_bytes=dice.randbytes))
        patch.setattr(folders, "secrets", SimpleNamespace(token_hex=lambda size: dice.randbytes(size).hex()))
        yield
