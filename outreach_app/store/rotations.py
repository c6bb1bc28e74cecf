"""Backups that are made by themselves: where, when another is due, and which of them are kept.

Which there are is told by their labels, which only this store's key makes: names, dates of files and what other laptops
keep in the same folder say nothing.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from outreach_app.model.errors import NotFound
from outreach_app.store.backups import Backup, Progress, Source, back_up, inspected, labelled
from outreach_app.store.durable_files import writable
from outreach_app.store.key_files import BACKUPS as OWN
from outreach_app.store.key_files import read_key_file, write_key_file
from outreach_app.texts import _

__all__ = [
    "KEPT",
    "OWN",
    "backups_in",
    "choose_place",
    "due",
    "files",
    "kept",
    "make_one",
    "moment",
    "places_of",
    "without_label",
]

KEPT = (("%Y-%m-%d", 7), ("%G-%V", 4), ("%Y-%m", 6))
"""The newest backup of each of the last seven days that have one, of four weeks, of six months."""

EVERY = timedelta(days=1)
"""How old the newest backup may be before another is made by itself."""

_ENDING = ".backup"
_STAMP = "%Y%m%d-%H%M%S"
_PLACES = "backups"  # in the key file, sealed by the store's key: it must be found where the database cannot be read


def places_of(folder: Path, key: bytes) -> Sequence[Path]:
    """Where the backups of the store in a folder go, and then where else there may be some: those are the folder that
    somebody chose, else the store's own; and those that were chosen before."""
    own = folder / OWN
    return list(dict.fromkeys([*(Path(each) if each else own for each in _chosen(read_key_file(folder), key)), own]))


def _chosen(document: dict[str, Any], key: bytes) -> list[str]:
    """The folders that were chosen, the latest first; "" for the store's own."""
    try:
        sealed = document.get(_PLACES)
        return [str(each) for each in json.loads(SecretBox(key).decrypt(bytes.fromhex(sealed)))] if sealed else [""]
    except (CryptoError, TypeError, ValueError):
        return [""]


def choose_place(folder: Path, key: bytes, chosen: Path | None) -> None:
    """Have the backups go to a folder, such as an external stick; with None to the store's own. Raises NotWritable."""
    document = read_key_file(folder)
    now = str(chosen.absolute()) if chosen is not None else ""
    places = list(dict.fromkeys([now, *_chosen(document, key)]))
    document[_PLACES] = SecretBox(key).encrypt(json.dumps(places).encode()).hex()
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
    _rotate(source, made)
    return made


def _rotate(source: Source, made: Backup) -> None:
    """Take away what is not to be kept. What is to be kept is read first: what is damaged stands in for nothing, and is
    left to a person, like what comes from a day that has not come yet: this clock may be wrong, or that one was."""
    there = [each for each in backups_in(made.file.parent, source.key) if each.at <= made.at]
    if len(kept(moment(each.at) for each in there)) == len(there):
        return
    whole = [each for each in there if each.file == made.file or _is_whole(each.file, source.key)]
    keep = kept(moment(each.at) for each in whole)
    for each in whole:
        if moment(each.at) not in keep:
            with writable(each.file.parent):
                each.file.unlink(missing_ok=True)


def _is_whole(file: Path, key: bytes) -> bool:
    found = inspected(file, key)
    return found is not None and found.verified


def files(place: Path) -> list[Path]:
    """What may be backups in a place."""
    try:
        return sorted(place.glob(f"*{_ENDING}"))
    except OSError:  # the stick was pulled
        return []


def backups_in(place: Path, key: bytes) -> list[Backup]:
    """The backups of the store with this key in a place, the newest first, as their labels say."""
    found = (labelled(file, key) for file in files(place))
    return sorted((each for each in found if each is not None), key=lambda each: each.at, reverse=True)


def without_label(place: Path, source: Source) -> list[Backup]:
    """Files that are called like the backups of a store, and whose labels say nothing of the sort any more."""
    called = [each for each in files(place) if each.name.startswith(f"outreach-{source.mark}-")]
    return [Backup(each, 0, 0, False) for each in called if labelled(each, source.key) is None]


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


def due(made: Iterable[Backup], at: int) -> bool:
    """Whether another is to be made at a time; so it is where the newest comes from a day that has not come yet."""
    return not any(timedelta(0) <= moment(at) - moment(each.at) < EVERY for each in made)


def moment(at: int) -> datetime:
    """Microseconds since 1970 as a moment, UTC, to the second."""
    return datetime.fromtimestamp(at // 1_000_000, UTC)
