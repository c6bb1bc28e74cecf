"""Backups of a store: made by themselves or at once, where somebody wants them, and which there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from outreach_app.store.backups import Backup, Source, inspected
from outreach_app.store.durable_files import writable
from outreach_app.store.rotations import OWN, backups_in, choose_place, due, make_one, places_of, without_label
from outreach_app.store.stores import Store

__all__ = ["Backup", "Keeping", "back_up_now", "backups", "keep_in", "keeping"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a store's backups are kept: all that any thread needs to make one, or to look at those there are."""

    source: Source
    places: Sequence[Path]  # the first is where they go now
    at: int  # microseconds since 1970 UTC

    @property
    def place(self) -> Path:
        """Where they go."""
        return self.places[0]

    @property
    def own(self) -> bool:
        """Whether they lie beside the store, on the same disk."""
        return self.place == self.source.folder / OWN

    @property
    def due(self) -> bool:
        """Whether one is to be made without being asked for."""
        return due(backups_in(self.place, self.source.key), self.at)

    @property
    def away(self) -> bool:
        """Whether the stick or share that they lie on is not there."""
        return not self.own and not self.place.is_dir()

    @property
    def newest(self) -> int | None:
        """When the newest was made: microseconds since 1970 UTC; None where there is none."""
        found = backups_in(self.place, self.source.key)
        return found[0].at if found else None

    def there(self) -> Sequence[Backup]:
        """Those that there are wherever they went, the newest first, as their labels say."""
        found = (each for place in self.places for each in backups_in(place, self.source.key))
        return sorted(found, key=lambda each: each.at, reverse=True)

    def make_if_due(self, progress: Callable[[int, int], None] = lambda _done, _of: None) -> Backup | None:
        """Make the day's, where it is due. Raises as :meth:`make`."""
        return self.make(progress) if self.due else None

    def make(self, progress: Callable[[int, int], None] = lambda _done, _of: None) -> Backup:
        """Make one, and take away those that are kept no longer. Raises NotFound, NotWritable or Damaged."""
        return make_one(self.source, self.place, self.at, progress)

    def made(self) -> Sequence[Backup]:
        """The same, each read to see that it is whole; and files called like them that say nothing any more."""
        broken = [each for place in self.places for each in without_label(place, self.source)]
        return [*(inspected(each.file, self.source.key) or each for each in self.there()), *broken]


def keeping(store: Store) -> Keeping:
    """How this store's backups are kept now."""
    source = store.as_source()
    return Keeping(source, places_of(source.folder, source.key), store.clock.now())


def back_up_now(store: Store) -> Backup:
    """One more backup, where they are kept."""
    return keeping(store).make()


def backups(store: Store) -> Sequence[Backup]:
    """The backups of this laptop, the newest first."""
    return keeping(store).made()


def keep_in(store: Store, folder: Path | None) -> None:
    """Have the backups go to a folder from now on, such as an external stick; with None beside the store again.

    Raises NotWritable where nothing can be written there; then they go where they went.
    """
    if folder is not None:
        with writable(folder), TemporaryFile(dir=folder):
            pass
    source = store.as_source()
    choose_place(source.folder, source.key, folder)
