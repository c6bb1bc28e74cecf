"""What a person types, made into a key."""

import pytest
from argon2.exceptions import HashingError

from outreach_app.model.errors import OutreachError
from outreach_app.store import passphrases
from outreach_app.store.passphrases import DEMO_COST, FULL_COST, Cost, stretch


def test_the_full_cost_is_a_real_one() -> None:
    assert FULL_COST.bearable
    assert FULL_COST.memory_kib >= 64 * 1024
    assert FULL_COST.passes >= 3
    assert not Cost(memory_kib=7, passes=1, lanes=1).bearable


def test_letters_composed_either_way_give_one_key() -> None:
    salt = b"s" * 16
    assert stretch("r\u00edo", salt, DEMO_COST) == stretch("ri\u0301o", salt, DEMO_COST)
    assert stretch("r\u00edo", salt, DEMO_COST) != stretch("rio", salt, DEMO_COST)


def test_memory_that_is_not_there_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: object) -> bytes:
        raise HashingError

    monkeypatch.setattr(passphrases, "hash_secret_raw", short)
    with pytest.raises(OutreachError, match="short of memory"):
        stretch("río grande", b"s" * 16, DEMO_COST)
