"""What every carrier of segments has in common: a folder now, servers and the department's hub later.

A carrier is trusted with nothing. It may lose, repeat, hold back or rename files; whoever reads judges each by its
content, and what a laptop holds is told by its own journal alone.
"""

from typing import NamedTuple, Protocol


class Listed(NamedTuple):
    """A file that a carrier lists. ``stamp`` changes whenever the file is written, as far as the carrier can tell."""

    name: str  # relative, its parts divided by "/"
    size: int  # bytes
    stamp: str


class Carrier(Protocol):
    """Somewhere that segments are left and found."""

    @property
    def id(self) -> str:
        """Which carrier this is, so that a new, empty or swapped one is not taken for another.

        "" where it cannot keep one: nothing is then remembered of it.
        """

    def listing(self) -> list[Listed]:
        """The files there are, which may be neither all nor the newest. Raises NotFound where it cannot be reached."""

    def read(self, name: str) -> bytes:
        """A file's bytes. Raises NotFound where it is gone or cannot be read just now."""

    def write(self, name: str, data: bytes) -> Listed:
        """Leave a file, whole or not at all, and read it back. Raises NotWritable."""
