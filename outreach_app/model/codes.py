"""Short codes people can read aloud: Crockford's base 32 with a check character.

Ten symbols and a check name any record; six and a check name events and sheets. The check character is the number
modulo 37 (Crockford's own rule), so one wrong or two swapped symbols are noticed.
"""

import hashlib
import random

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = _SYMBOLS + "*~$=U"
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LONG, _SHORT = 10, 6


def record_code(record: str) -> str:
    """The code of any record: 50 bits of its id's digest, the same on every laptop."""
    digest = hashlib.sha256(record.encode()).digest()
    return _coded(int.from_bytes(digest[:7], "big") >> 6, _LONG)


def device_code(device: bytes) -> str:
    """Eight digits that tell a laptop from others whose workers have one name."""
    return device.hex()[:8]


def draw_short_code(source: random.Random) -> str:
    """A new event's or sheet's code, at random; the caller draws again on a clash."""
    return _coded(source.getrandbits(30), _SHORT)


def read_code(typed: str) -> str | None:
    """The code somebody typed or read aloud, as it is stored; None where the check says it is none."""
    heard = typed.strip().upper().translate(_HEARD)
    body, check = heard[:-1], heard[-1:]
    if len(body) not in (_LONG, _SHORT) or any(symbol not in _SYMBOLS for symbol in body):
        return None
    return heard if check == _check(body) else None


def spaced(code: str) -> str:
    """A code as it is printed: in groups, ``K7Q-4M2-X`` or ``0A1B2-C3D4E-F``."""
    step = 3 if len(code) == _SHORT + 1 else 5
    return "-".join(code[at : at + step] for at in range(0, len(code), step))


def _coded(number: int, length: int) -> str:
    body = "".join(_SYMBOLS[(number >> (5 * place)) & 31] for place in reversed(range(length)))
    return body + _check(body)


def _check(body: str) -> str:
    number = 0
    for symbol in body:
        number = (number << 5) | _SYMBOLS.index(symbol)
    return _CHECKS[number % 37]
