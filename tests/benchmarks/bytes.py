"""What travels for each change, through a folder, against compact JSON of the same changes under gzip.

The JSON holds what a reader needs to verify and apply the same changes, and no more: per change its numbers, clock,
source and verb, and of each write its slot, value, the writes it replaces and its salt (bytes as base64, which gzip
takes most of back). What all changes of a file share (run, device, author, audience) is written once. It is neither
encrypted nor signed nor padded, and carries no digest.

A change that travels alone cannot keep its limit: a header, two signatures and a seal to two keys are more bytes than
its JSON. Its own part is no larger than that, and the padding, which tells nobody how long the words were, is little of
the rest.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.people import PASSPHRASE, people

if TYPE_CHECKING:
    from outreach_app.journal.changes import Change

FIGURES = (
    Figure("bytes", "carried a sign-in, many at once", "bytes", 1.0, against="compact JSON, gzip"),
    Figure("bytes_alone", "carried for one sign-in alone", "bytes", 1.0, against="compact JSON, gzip"),
)
SIZES = (1_000, 10_000, 100_000)
ROUNDS = 1
A_FILE = 2_000  # changes in one file of JSON, as in one segment


def prepare(folder: Path, size: int) -> None:
    """Sign walk-ins in on one laptop: all but one of them, then the last, each lot left in the folder."""
    from outreach_app.operations.events import plan_event
    from outreach_app.operations.sign_ins import NewSignIn, sign_in
    from outreach_app.operations.spaces import new_store
    from outreach_app.operations.syncing import sync_folder
    from outreach_app.store.keys import DEMO_COST

    store = new_store(folder / "store", PASSPHRASE, "Ada Crowe", "Hill County Health", cost=DEMO_COST)
    plan_event(store, {"name": "Fire hall, Alarka", "starts": "2026-10-03T18:00:00-04:00"})
    event = store.list("events", limit=1)[0].id
    stick = folder / "stick"
    stick.mkdir()
    sync_folder(store, stick)
    weights = [_weight(stick)]
    *many, last = people(size + 1)
    for lot in (many, [last]):
        for typed in lot:
            phones, emails = tuple(typed.get("phones", ())), tuple(typed.get("emails", ()))
            sign_in(store, NewSignIn(event, typed["name"], phones=phones, emails=emails))
        sync_folder(store, stick)
        weights.append(_weight(stick))
    (folder / "weights.json").write_text(json.dumps(weights), encoding="utf-8")
    store.close()


def _weight(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.segment"))


def ours(folder: Path, size: int) -> Mapping[str, float]:
    """The bytes of the files left."""
    before, many, all_of_them = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    return {"bytes": (many - before) / size, "bytes_alone": all_of_them - many}


def against(folder: Path, size: int) -> Mapping[str, float]:
    """The same changes as JSON."""
    from outreach_app.operations.spaces import open_store

    store = open_store(folder / "store", PASSPHRASE)
    last, *changes = [each for each in store.recent(size + 2) if each.verb == "sign_in"]
    store.close()
    if len(changes) != size:
        raise ValueError("a sign-in is missing")
    changes.reverse()
    files = [_json(changes[first : first + A_FILE]) for first in range(0, size, A_FILE)]
    return {"bytes": sum(map(len, files)) / size, "bytes_alone": len(_json([last]))}


def _json(changes: Sequence["Change"]) -> bytes:
    first = changes[0]
    shared = {"run": _text(first.id.run), "device": _text(first.device), "author": first.author}
    told = {**shared, "audience": first.audience, "changes": [_told(each) for each in changes]}
    return gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def _told(change: "Change") -> list[Any]:
    writes = [
        [*each.slot, each.value, [[_text(gone.run), gone.number] for gone in each.replaces], _text(each.salt)]
        for each in change.writes
    ]
    return [change.id.number, change.clock, change.source, change.verb, writes]


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
