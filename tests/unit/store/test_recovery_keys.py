"""The department's recovery key: its words, its two keys, and a sentence for every way to mistype it."""

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_scalarmult_base
from nacl.signing import VerifyKey

from outreach_app.model.errors import BadInput, Damaged
from outreach_app.store.recovery_keys import RecoveryKey, _bech32, sealed_to

seeds = st.binary(min_size=32, max_size=32)
KNOWN = RecoveryKey(bytes(range(32)))


@given(seeds, st.sampled_from([" ", "-", "\n", ", "]), st.booleans(), st.booleans(), st.booleans())
def test_the_words_give_the_key_back(seed: bytes, between: str, loud: bool, short: bool, numbered: bool) -> None:
    key = RecoveryKey(seed)
    assert len(key.words) == 24
    parts = [word[:4] if short else word for word in key.words]
    parts = [f"{at}. {word}" for at, word in enumerate(parts, 1)] if numbered else parts
    text = between.join(parts)
    assert RecoveryKey.typed(text.upper() if loud else text) == key


@given(seeds)
def test_a_scanned_code_gives_the_key_back(seed: bytes) -> None:
    assert RecoveryKey.typed(RecoveryKey(seed).qr_text) == RecoveryKey(seed)


def test_what_is_printed_today_opens_tomorrow() -> None:
    """A sheet lies in a safe for years: no program may come to read its words another way."""
    assert KNOWN.words[:3] == ("abandon", "amount", "liar")
    assert KNOWN.recipient == "age1g4xkxj7axeg988rekdd84fpuz85thch7ulgx52ytamc3vhn2kanqy3vq39"
    assert KNOWN.public.hex() == "f9199e5320c7fa53100903a5362c7b395cdc8da0fd8222fb3de6e7151186aab4"


@given(seeds)
def test_age_knows_the_identity(seed: bytes) -> None:
    key = RecoveryKey(seed)
    assert str(pyrage.x25519.Identity.from_str(key.identity)) == key.identity


@given(seeds)
def test_the_text_of_the_keys_is_the_text_age_writes(seed: bytes) -> None:
    key = RecoveryKey(seed)
    assert key.recipient == _bech32("age", crypto_scalarmult_base(key._half("age")))


def test_what_is_sealed_to_it_only_it_opens() -> None:
    key, other = RecoveryKey.new(), RecoveryKey.new()
    sealed = sealed_to(key.recipient, b"the store's key")
    assert b"the store's key" not in sealed
    assert key.unseal(sealed) == b"the store's key"
    assert other.unseal(sealed) is None
    with pytest.raises(Damaged):
        key.unseal(sealed[:-1])


def test_what_it_signs_its_public_key_proves() -> None:
    VerifyKey(KNOWN.public).verify(b"a new epoch", KNOWN.sign(b"a new epoch"))


def test_no_two_are_the_same_and_none_tells_itself() -> None:
    key = RecoveryKey.new()
    assert key != RecoveryKey.new()
    assert "seed" not in repr(key)


def test_every_mistake_has_a_sentence_of_its_own() -> None:
    words = list(KNOWN.words)
    exchanged = [words[1], words[0], *words[2:]]
    said = set()
    for typed in (words[:-1], [*words[:-1], "xylophone"], exchanged, [*words, "zoo"], []):
        with pytest.raises(BadInput) as fault:
            RecoveryKey.typed(" ".join(typed))
        said.add(str(fault.value))
    assert len(said) == 5  # 23, 25 and no words are each counted
