"""Roads between laptops: real folders, read and written by the program's own carrier, with something the matter."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.model.errors import NotFound
from outreach_app.sync.carriers import Listed
from outreach_app.sync.folders import FolderCarrier
from tests.simulator.laptops import room_for

AWAY = " away"
FOREIGN = "another department's"
"""How another department's segments are called: a folder that holds nothing else is left alone."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is the matter with a folder during one exchange."""

    listing: Collection[Listed] | None = None
    """What is listed in place of what is there."""
    listed_too: Collection[Listed] = ()
    hidden: int = 0
    """Of how many files one is not listed; 0 for none."""
    locked: int = 0
    """Of how many files one is held by another program; 0 for none."""
    pulled_after: int = -1
    """After how many files read or written the stick is pulled out."""
    full_after: int = -1
    """After how many files written there is no room left."""


NO_TROUBLE = Trouble()


@dataclass
class Folder:
    """A folder that laptops meet through, and what happens in it that they do not do."""

    place: Path
    listed: list[Listed] = field(default_factory=list)
    """As it was listed last, for those who get to see an old listing."""
    uploading: dict[Path, bytes] = field(default_factory=dict)
    """Files of which only a part has arrived."""
    older: Path | None = None
    """A copy of it."""

    @property
    def there(self) -> bool:
        """Whether the stick is in."""
        return self.place.is_dir()

    @property
    def segments(self) -> list[Path]:
        """The segments that lie in it."""
        return sorted(self.place.rglob("*.segment")) if self.there else []

    def pull(self) -> None:
        """Take the stick out."""
        self.place.rename(self.place.with_name(self.place.name + AWAY))

    def put_in(self) -> None:
        """Put the stick in, and let what was on its way arrive."""
        away = self.place.with_name(self.place.name + AWAY)
        if away.exists() and not self.there:
            away.rename(self.place)

    def arrive(self) -> None:
        """What was half uploaded is there."""
        for path, data in self.uploading.items():
            if path.exists():
                path.write_bytes(data)
        self.uploading.clear()


class Road(FolderCarrier):
    """The program's carrier of a folder, on a bad day. ``left`` is what was written, by name."""

    def __init__(self, folder: Folder, trouble: Trouble, happened: Counter[str]) -> None:
        super().__init__(folder.place)
        self._folder, self._trouble, self._happened = folder, trouble, happened
        self._moved = self._written = self._asked = 0
        self.left: dict[str, bytes] = {}

    def listing(self) -> list[Listed]:
        now, told = super().listing(), self._trouble.listing
        found = now if told is None else list(told)
        self._happened["stale listing"] += found != now
        if self._trouble.hidden:
            whole, found = found, [each for at, each in enumerate(found) if at % self._trouble.hidden]
            self._happened["listing not whole"] += len(found) < len(whole)
        self._folder.listed = now
        self._happened["path out of the folder"] += len(self._trouble.listed_too)
        return sorted([*found, *self._trouble.listed_too])

    def read(self, name: str) -> bytes:
        self._perhaps_pulled()
        self._asked += 1
        if self._trouble.locked and self._asked % self._trouble.locked == 0:
            self._happened["locked file"] += 1
            raise NotFound("another program holds it")
        return super().read(name)

    def write(self, name: str, data: bytes) -> Listed:
        self._perhaps_pulled()
        if 0 <= self._trouble.full_after <= self._written:
            self._happened["stick full"] += 1
            with room_for(512):
                return super().write(name, data)
        self._written += 1
        listed = super().write(name, data)
        self.left[name] = data
        return listed

    def _perhaps_pulled(self) -> None:
        if 0 <= self._trouble.pulled_after == self._moved and self._folder.there:
            self._happened["stick pulled in mid sync"] += 1
            self._folder.pull()
        self._moved += 1
