"""The computer's own keyring, which remembers secrets for whoever is logged in: a convenience that may not be there.

Some computers have none, some lock it, some ask the person and are told no, and each backend fails in its own way. So
every answer here is "it has it" or "it has not"; nobody is ever kept from working by it.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

_SERVICE = "Outreach"
_log = logging.getLogger("outreach.store")
Answer = TypeVar("Answer")


def recalled(handle: str) -> str | None:
    """The secret kept under a handle; None where it is not to be had."""
    import keyring

    return _asked(lambda: keyring.get_password(_SERVICE, handle), None)


def kept(handle: str, secret: str) -> bool:
    """Keep a secret under a handle; whether it can be had back."""
    import keyring

    def keep() -> bool:
        keyring.set_password(_SERVICE, handle, secret)
        return keyring.get_password(_SERVICE, handle) == secret  # some say yes to everything and keep nothing

    return _asked(keep, False)


def dropped(handle: str) -> bool:
    """Keep it no longer; whether the keyring could be told."""
    import keyring

    def drop() -> bool:
        keyring.delete_password(_SERVICE, handle)
        return True

    return _asked(drop, False)


def _asked(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    try:
        return ask()
    except Exception as fault:  # noqa: BLE001 - the backends are others' code over four systems' services
        _log.info("the keyring did not answer: %s", type(fault).__name__)
        return otherwise
