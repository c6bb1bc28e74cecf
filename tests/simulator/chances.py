"""Everything the program draws by chance, and the moment it asks for beside its clock, from one seed.

Two plays of one seed then make the same ids, runs, salts and codes. Keys and ciphertext are drawn by the libraries that
make them, and stay different: nothing that is compared holds any of them. Who a new laptop is, and a new recovery
sheet, is drawn too.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from outreach_app.model import identifiers
from outreach_app.store import drafts, stores
from outreach_app.store.identities import DeviceIdentity
from outreach_app.store.recovery_keys import RecoveryKey
from outreach_app.sync import folders


def _new(kind: Callable[[bytes], Any], keys: random.Random) -> Any:
    """A laptop, or a recovery sheet, that never was before in this play."""
    return kind(keys.randbytes(32))


@contextmanager
def drawn_from(dice: random.Random, now: Callable[[], int]) -> Iterator[None]:
    """Have ids, runs, salts and codes drawn from ``dice``, and ids dated ``now`` (microseconds since 1970 UTC)."""
    drawn, keys = SimpleNamespace(urandom=dice.randbytes), random.Random(dice.random())
    with pytest.MonkeyPatch.context() as patch:
        for module in (identifiers, drafts, stores):
            patch.setattr(module, "os", drawn)
        patch.setattr(identifiers, "time", SimpleNamespace(time_ns=lambda: now() * 1_000))
        patch.setattr(identifiers, "_last_id", 0)
        patch.setattr(identifiers, "_last_element", 0)
        patch.setattr(drafts, "random", SimpleNamespace(SystemRandom=lambda: dice, Random=random.Random))
        for kind in (DeviceIdentity, RecoveryKey):
            patch.setattr(kind, "new", partial(_new, kind, keys))
        patch.setattr(folders, "secrets", SimpleNamespace(token_hex=lambda size: dice.randbytes(size).hex()))
        yield
