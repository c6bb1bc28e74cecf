"""Backups that are made by themselves: what they are called, which of them are kept, and where."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from outreach_app.model.errors import NotFound
from outreach_app.store.backups import Backup, Progress, Source, back_up, inspected
from outreach_app.store.durable_files import writable
from outreach_app.store.key_files import BACKUPS as OWN
from outreach_app.store.key_files import read_key_file, write_key_file
from outreach_app.texts import _

__all__ = ["KEPT", "OWN", "backups_in", "choose_place", "due", "files", "kept", "make_one", "moment", "place_of"]

KEPT = (("%Y-%m-%d", 7), ("%G-%V", 4), ("%Y-%m", 6))
"""The newest backup of each of the last seven days that have one, of four weeks, of six months."""

EVERY = timedelta(days=1)
"""How old the newest backup may be before another is made by itself."""

_ENDING = ".backup"
_STAMP = "%Y%m%d-%H%M%S"
_NEVER = datetime.min.replace(tzinfo=UTC)
_PLACE = "backups"  # in the key file, sealed by the store's key: it must be found where the database cannot be read


def place_of(folder: Path, key: bytes) -> Path:
    """Where the backups of the store in a folder go: the folder somebody chose, else its own."""
    sealed = read_key_file(folder).get(_PLACE)
    try:
        return Path(SecretBox(key).decrypt(bytes.fromhex(sealed)).decode()) if sealed else folder / OWN
    except (CryptoError, TypeError, ValueError):
        return folder / OWN


def choose_place(folder: Path, key: bytes, chosen: Path | None) -> None:
    """Have the backups go to a folder, such as an external stick; with None to the store's own. Raises NotWritable."""
    document = read_key_file(folder)
    document.pop(_PLACE, None)
    if chosen is not None:
        document[_PLACE] = SecretBox(key).encrypt(str(chosen.absolute()).encode()).hex()
    write_key_file(folder, document, document["slots"])


def make_one(source: Source, place: Path, at: int, progress: Progress = lambda _done, _of: None) -> Backup:
    """One more backup in a place, and those that are not to be kept taken away, once it is there.

    ``at``: microseconds since 1970 UTC. Raises NotFound where a stick is not in, NotWritable, Damaged; what was made
    before then stays.
    """
    if place != source.folder / OWN and not place.is_dir():
        raise NotFound(
            _("The folder for backups, {folder}, is not there. Is the stick in? Earlier backups stay.", folder=place)
        )
    name = f"outreach-{source.mark}-{moment(at):{_STAMP}}{_ENDING}"
    made = back_up(source, place / name, at, progress)
    there = {moment_in(file): file for file in files(place, source.mark)}
    for when in there.keys() - kept(there) - {moment_in(made.file)}:
        with writable(place):
            there[when].unlink(missing_ok=True)
    return made


def files(place: Path, mark: str = "*") -> list[Path]:
    """The backups in a place by their names, the newest first; with a ``mark`` those of one laptop."""
    try:
        found = [file for file in place.glob(f"outreach-{mark}-*{_ENDING}") if moment_in(file) != _NEVER]
    except OSError:  # the stick was pulled
        return []
    return sorted(found, key=moment_in, reverse=True)


def backups_in(place: Path, mark: str = "*") -> list[Backup]:
    """The same, each read to see whether it is whole."""
    return [inspected(file) for file in files(place, mark)]


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Those that are to be kept. It goes by their days, never by today's: a clock may be wrong."""
    order = sorted(made, reverse=True)
    keep: set[datetime] = set()
    for period, most in KEPT:
        newest: dict[str, datetime] = {}
        for when in order:
            newest.setdefault(when.strftime(period), when)
        keep.update(list(newest.values())[:most])
    return keep


def due(made: Sequence[Path], at: int) -> bool:
    """Whether another is to be made at a time; so it is where the newest comes from a day that has not come yet."""
    return not any(timedelta(0) <= moment(at) - moment_in(file) < EVERY for file in made)


def moment(at: int) -> datetime:
    """Microseconds since 1970 as a moment, UTC, as exact as the name of a file."""
    return datetime.fromtimestamp(at // 1_000_000, UTC)


def moment_in(file: Path) -> datetime:
    """When a backup was made, by its name; the beginning of time for a name that says nothing."""
    try:
        return datetime.strptime(file.stem.split("-", 2)[2], _STAMP).replace(tzinfo=UTC)
    except (IndexError, ValueError):
        return _NEVER
