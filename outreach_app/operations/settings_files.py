"""The file of settings, by which other laptops are set up alike: written, and taken in with an account.

It is JSON that a person can read: what the department says of itself, how the laptop is set up, no passphrase and no
PIN. What a newer program put into it is kept and written out again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach_app.journal.changes import Changes
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.settings import LAPTOP, check_setting, declared_settings
from outreach_app.operations.settings import HANDED, change_settings, settings
from outreach_app.store.handouts import hand_out
from outreach_app.store.stores import Store
from outreach_app.texts import _, count

FORMAT = 1
MOST_BYTES = 1_000_000
_FORMAT, _DEPARTMENT, _LAPTOP = "outreach_settings", "department", "laptop"
_NEWER = "settings of a newer program"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file. ``changed``: the settings that are others now; ``kept``: those of a newer program;
    ``waiting``: the department's that hold here until the department's own arrive by a sync."""

    changed: tuple[str, ...]
    same: int
    kept: tuple[str, ...]
    waiting: tuple[str, ...]
    changes: Changes

    def in_words(self) -> str:
        """The account."""
        said = [
            count("{n} setting is another now.", "{n} settings are others now.", len(self.changed)),
            count("{n} was so already.", "{n} were so already.", self.same),
        ]
        if self.waiting:
            said.append(_("The department's hold here until its own arrive by a sync."))
        if self.kept:
            said.append(_("Kept for a newer program: {names}.", names=", ".join(self.kept)))
        return " ".join(said)

    def to_json(self) -> dict[str, Any]:
        """The same, for a program."""
        names = {"changed": self.changed, "kept": self.kept, "waiting": self.waiting}
        return {**{name: list(each) for name, each in names.items()}, "same": self.same}


def save_settings(store: Store, target: Path) -> None:
    """Write the file: everything that somebody chose here. Raises BadInput, NotWritable."""
    known, own = settings(store), {field.name for field in LAPTOP}
    newer = store.setting(_NEWER, {_DEPARTMENT: {}, _LAPTOP: {}})
    chosen = {name: value for name, value in known.items() if value is not None}
    parts = {
        _DEPARTMENT: {name: value for name, value in chosen.items() if name not in own},
        _LAPTOP: {name: value for name, value in chosen.items() if name in own},
    }
    document = {_FORMAT: FORMAT, **{part: {**newer[part], **values} for part, values in parts.items()}}
    hand_out(target, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())


def take_settings(store: Store, file: Path) -> Taken:
    """Set this laptop up as a file says. A coordinator's laptop takes the department's for everybody, any other has
    them hold here until the department's own arrive. Raises NotFound, BadInput; then nothing is changed."""
    parts, known = _read(file), declared_settings(store.registry)
    newer = {part: {name: each for name, each in said.items() if name not in known} for part, said in parts.items()}
    asked = {part: {name: each for name, each in said.items() if name in known} for part, said in parts.items()}
    own = {field.name for field in LAPTOP}
    if own & asked[_DEPARTMENT].keys() or asked[_LAPTOP].keys() - own:
        raise _no_settings()
    for said in asked.values():
        for name, value in said.items():
            check_setting(known[name], value)
    before = settings(store)
    other = {name: each for said in asked.values() for name, each in said.items() if before[name] != each}
    waiting: tuple[str, ...] = ()
    if store.role != "coordinator":
        waiting = tuple(name for name in asked[_DEPARTMENT] if name in other)
        store.set_setting(HANDED, {**store.setting(HANDED, {}), **asked[_DEPARTMENT]})
    changes = change_settings(store, {name: each for name, each in other.items() if name not in waiting})
    if any(newer.values()):
        store.set_setting(_NEWER, newer)
    kept = tuple(name for said in newer.values() for name in said)
    return Taken(tuple(other), sum(map(len, asked.values())) - len(other), kept, waiting, changes)


def _read(file: Path) -> Mapping[str, Mapping[str, Any]]:
    """The two parts of a file, whatever stands in them."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as fault:
        raise NotFound(_("The file of settings cannot be read. Check its name, and that it is there.")) from fault
    if len(raw) > MOST_BYTES:
        raise _no_settings()
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as fault:
        raise _no_settings() from fault
    found = document.get(_FORMAT) if isinstance(document, dict) else None
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise _no_settings()
    if found > FORMAT:
        raise BadInput(_("This file of settings was written by a newer Outreach. Install the newest version first."))
    parts = {part: document.get(part, {}) for part in (_DEPARTMENT, _LAPTOP)}
    if not all(isinstance(said, dict) for said in parts.values()):
        raise _no_settings()
    return parts


def _no_settings() -> BadInput:
    return BadInput(_("This is no file of settings. Choose one that was saved under Settings."))
