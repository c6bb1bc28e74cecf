"""The department's recovery key: 32 random bytes that exist on a printed sheet, and on no laptop once it was proven.

The sheet shows them as the 24 words of BIP 39, whose last 8 bits are a check, and as a QR code of the same words. Two
keys are made from them, each by BLAKE2b of 32 bytes keyed with the random ones: of ``outreach recovery age`` an X25519
key (an age identity: what is sealed to its recipient, the sheet opens), and of ``outreach recovery signing`` the seed
of an Ed25519 key (what the sheet signs, every laptop of the space believes). Their public halves are the space's.
"""

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import pyrage  # type: ignore[import-untyped]  # its wheel carries no types
from mnemonic import Mnemonic
from nacl.signing import SigningKey

from outreach_app.model.errors import BadInput, Damaged
from outreach_app.store.identities import DeviceIdentity
from outreach_app.store.spoken_words import spoken
from outreach_app.texts import _

WORDS = 24
SETTING = "recovery_seed"
"""The store's setting that holds the random bytes until the printed sheet was proven."""

_SEED_BYTES = 32


@dataclass(frozen=True)
class RecoveryKey:
    """The key itself, made from its 32 random bytes."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "RecoveryKey":
        """One that never was before."""
        return cls(secrets.token_bytes(_SEED_BYTES))

    @classmethod
    def typed(cls, text: str) -> "RecoveryKey":
        """The key of a sheet whose words were typed, or whose QR code was scanned.

        Raises BadInput with a sentence of its own for a word in no list, for words missing or too many, and for words
        that do not belong together.
        """
        words = spoken(text)
        if len(words) != WORDS:
            raise BadInput(_("The recovery sheet has {wanted} words, not {n}.", wanted=WORDS, n=len(words)))
        try:
            return cls(bytes(Mnemonic("english").to_entropy(words)))
        except ValueError as fault:  # the check in the last word says that one of them is another
            raise BadInput(
                _("These words do not belong together: one is wrong, or two are exchanged. Please compare them.")
            ) from fault

    @property
    def words(self) -> tuple[str, ...]:
        """The 24 words."""
        return tuple(Mnemonic("english").to_mnemonic(self.seed).split())

    @property
    def qr_text(self) -> str:
        """What the QR code says: the words in capitals, which need the fewest squares, and which any scanner types."""
        return " ".join(self.words).upper()

    @property
    def identity(self) -> str:
        """The age identity: ``AGE-SECRET-KEY-1...``."""
        return _bech32("age-secret-key-", self._half("age")).upper()

    @cached_property
    def recipient(self) -> str:
        """The age recipient: ``age1...``."""
        return str(pyrage.x25519.Identity.from_str(self.identity).to_public())

    @property
    def public(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return bytes(self._signing.verify_key)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return bytes(self._signing.sign(message).signature)

    @property
    def as_laptop(self) -> DeviceIdentity:
        """The key as if it were a laptop's: to it the keys of audiences are given like to any."""
        return DeviceIdentity(self._half("signing"))

    def unseal(self, sealed: bytes) -> bytes | None:
        """What :func:`sealed_to` sealed to this key's recipient; None where it was another's. Raises Damaged."""
        try:
            return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(self.identity)]))
        except pyrage.DecryptError as fault:
            if "No matching keys" in str(fault):
                return None
            raise Damaged(_("What is sealed here is not whole. Please ask for it again.")) from fault

    @cached_property
    def _signing(self) -> SigningKey:
        return SigningKey(self._half("signing"))

    def _half(self, purpose: str) -> bytes:
        return blake2b(b"outreach recovery " + purpose.encode(), key=self.seed, digest_size=32).digest()


def sealed_to(recipient: str, data: bytes) -> bytes:
    """``data`` sealed by age to a recovery key's recipient."""
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)]))


_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _bech32(prefix: str, data: bytes) -> str:
    """32 bytes in the text age writes its keys in: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki."""
    bits = int.from_bytes(data, "big") << -8 * len(data) % 5
    fives = [bits >> shift & 31 for shift in range(8 * len(data) // 5 * 5, -1, -5)]
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = 1
    for value in [*expanded, *fives, 0, 0, 0, 0, 0, 0]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    fives += [(check ^ 1) >> shift & 31 for shift in range(25, -1, -5)]
    return prefix + "1" + "".join(_LETTERS[five] for five in fives)
