"""The key file on disk, ``keys.json`` in the store's folder; what is in its slots is for ``keys.py`` to know.

    {"format": 1, "check": keyed hash of the store's key, "slots": [{"kind": "passphrase", ...}, ...]}

It is written anew, whole, for every change of a slot: after a crash the old slots stand, or the new ones.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from outreach_app.model.errors import DamagedStore, NotFound, TooNew
from outreach_app.texts import _

FILE = "keys.json"
DATABASE = "outreach.db"
UNFINISHED = f"{DATABASE}.new"
"""A database under this name was never finished, and the key beside it opens nothing else."""

BACKUPS = "backups"
"""The folder for backups within a store's own, where nobody chose another."""

COMMITTED = "committed"
"""The file that commits what is to take a store's place, in a folder whose name begins with ``WORKSHOP``
(``takeovers.py``)."""

WORKSHOP = ".rescue-"

FORMAT = 1

Slot = dict[str, Any]


def read_key_file(folder: Path) -> dict[str, Any]:
    """The key file, its format checked and its slots a list of objects. Raises NotFound, Damaged or TooNew."""
    import json

    try:
        document = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError as fault:
        if holds_a_store(folder):
            raise DamagedStore(
                _("The key file of this store is gone. Outreach can take it from a backup again, and rescue the store.")
            ) from fault
        raise NotFound(_("There is no store in {folder}.", folder=folder)) from fault
    except OSError as fault:
        raise NotFound(_("The key file of this store cannot be read. Please check the disk and try again.")) from fault
    except ValueError as fault:
        raise damaged() from fault
    if not isinstance(document, dict) or not isinstance(document.get("format"), int):
        raise damaged()
    if document["format"] > FORMAT:
        raise TooNew(_("This store was made by a newer Outreach. Please install the newest version."))
    slots = document.get("slots")
    if not isinstance(slots, list) or not slots or not all(isinstance(slot, dict) for slot in slots):
        raise damaged()
    return document


def write_key_file(folder: Path, document: Mapping[str, Any], slots: Sequence[Slot]) -> None:
    """Write the key file with these slots; all else in ``document`` stays as it is. Raises NotWritable."""
    import json

    from outreach_app.store.durable_files import write_durably

    write_durably(folder / FILE, json.dumps({**document, "slots": list(slots)}, indent=1).encode())


def opens_by_itself(folder: Path) -> bool:
    """Whether this computer's keyring may open the store.

    It is asked before the first page is there, so it goes by the letters of the file, and nothing is loaded to read it.
    """
    try:
        return b'"kind": "keyring"' in (folder / FILE).read_bytes()
    except OSError:
        return False  # the passphrase, when it is tried, says what is wrong


def holds_a_store(folder: Path) -> bool:
    """Whether there is a store in a folder, or what is left of one. It is asked before the first page is there."""
    if (folder / DATABASE).exists():
        return True
    if committed(folder):
        return True
    left = (folder / FILE).exists() or any((folder / BACKUPS).glob("*.backup"))
    return left and not (folder / UNFINISHED).exists()


def committed(folder: Path) -> Path | None:
    """Where a rescue of the store in a folder left what it made, if it was broken off in its last step; else None."""
    return next((mark.parent for mark in folder.glob(f"{WORKSHOP}*/{COMMITTED}")), None)


def damaged() -> DamagedStore:
    """The sentence for a key file that is not as it was written."""
    return DamagedStore(
        _("The key file of this store is damaged. Outreach can take it from a backup again, and rescue the store.")
    )
