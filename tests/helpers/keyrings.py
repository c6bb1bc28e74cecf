"""Keyrings that tests put in the place of the computer's own, which no test ever asks."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class Remembering(KeyringBackend):
    """One that works; ``kept`` is what it remembers, by service and name."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


class Forgetful(Remembering):
    """One that says yes to everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Broken(Remembering):
    """One whose service died: it fails in a way of its own."""

    def _gone(self, *_asked: str) -> str | None:
        raise ConnectionResetError("the bus is gone")

    get_password = set_password = delete_password = _gone  # type: ignore[assignment]


@contextmanager
def in_use(backend: Remembering) -> Iterator[Remembering]:
    """Have the program ask this keyring."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield backend
    finally:
        keyring.set_keyring(before)
