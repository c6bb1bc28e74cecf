"""The last step of a rescue: what was made takes the place of what is there, whole or not at all.

It is made in a folder ``.rescue-...`` beside the files there, its store in ``store`` in that. One file, written last,
commits it: sealed by the store's key, it says where the files from before go, and the account. Without that file
nothing was altered. With it, whoever comes next does again what is left of the steps, until the file is gone.
"""

import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from outreach_app.store.damages import LOG, database_damaged
from outreach_app.store.durable_files import flush_folder, writable, write_durably
from outreach_app.store.folders import DATABASE
from outreach_app.store.key_files import COMMITTED, WORKSHOP, committed
from outreach_app.store.key_files import FILE as KEYS
from outreach_app.store.keys import Opened

MADE = "store"
"""The folder of the store that was made, in the one to make it in."""

_FILES = (LOG, f"{DATABASE}-shm", f"{DATABASE}-journal", DATABASE)


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder to put a store together in. It goes in the end, but where it was committed and is not in place yet; what
    others that were never committed left goes before."""
    for left_over in folder.glob(f"{WORKSHOP}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    place = folder / f"{WORKSHOP}{secrets.token_hex(4)}"
    with writable(folder):
        place.mkdir()
        flush_folder(folder)
    try:
        yield place
    finally:
        if not (place / COMMITTED).exists():
            shutil.rmtree(place, ignore_errors=True)


def commit(place: Path, key: bytes, kept: Path, account: Mapping[str, Any]) -> None:
    """What was made in a workshop is to take the damaged files' place, those to go to the folder ``kept``."""
    flush_folder(place / MADE)
    said = {"kept": kept.name, "account": account}
    write_durably(place / COMMITTED, SecretBox(key).encrypt(json.dumps(said).encode()))


def finish(folder: Path, opens: Callable[[Path], Opened]) -> Mapping[str, Any]:
    """Put in place what was committed; its account. Raises as opening does, and NotWritable; then it is to be finished
    still."""
    place = committed(folder)
    assert place is not None
    made = place / MADE
    key = opens(made if (made / KEYS).exists() else folder).key
    try:
        said = json.loads(SecretBox(key).decrypt((place / COMMITTED).read_bytes()))
    except (CryptoError, ValueError) as fault:
        raise database_damaged() from fault
    with writable(folder):
        _take_over(folder, made, folder / said["kept"])
        (place / COMMITTED).unlink()
        flush_folder(place)
    shutil.rmtree(place, ignore_errors=True)
    account: Mapping[str, Any] = said["account"]
    return account


def _take_over(folder: Path, made: Path, kept: Path) -> None:
    """Each step is passed over where it was done before; in each state between the folder is known for a store's."""
    if any((folder / name).exists() for name in (KEYS, *_FILES)):
        kept.mkdir(exist_ok=True)
    if (made / KEYS).exists():
        if (folder / KEYS).exists() and not (kept / KEYS).exists():
            write_durably(kept / KEYS, (folder / KEYS).read_bytes())
        (made / KEYS).replace(folder / KEYS)
        flush_folder(folder)
    if (made / DATABASE).exists():  # as long as it is here, what the folder holds is what is damaged
        for name in _FILES:
            with suppress(FileNotFoundError):
                (folder / name).replace(kept / name)
        if kept.exists():
            flush_folder(kept)
        (made / DATABASE).replace(folder / DATABASE)
    flush_folder(folder)
