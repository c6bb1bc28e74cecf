"""The four figures of a season: how many records of each kind were captured, exported, merged and synced.

Each is counted in its own place, before any two are joined: what the verbs made; what the department's and the workers'
workbooks hold; what the merged workbook holds; what the coordinator's store holds. They agree, or the demo says so.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.sheets.reading import Reader
from outreach_app.store.stores import Store

Tally: TypeAlias = dict[str, int]
"""How many, by kind."""

STAGES = ("captured", "exported", "merged", "synced")


def kinds(registry: Registry = REGISTRY) -> list[str]:
    """The kinds that people make, in their order."""
    return [name for name, kind in registry.items() if kind.about.in_forms]


def tally(made: Mapping[str, Collection[str]], more: Iterable[str] = ()) -> Tally:
    """Of records by kind; ``more`` names the kind of each one beside them."""
    beside = Counter(more)
    return {kind: len(made.get(kind, ())) + beside[kind] for kind in kinds()}


def in_workbooks(files: Iterable[Path]) -> Tally:
    """The distinct records that workbooks of this program hold between them, read back from the files."""
    reader, found = Reader(REGISTRY), dict[str, set[str]]()
    for file in files:
        for row in reader.read(file).rows:
            if row.record is not None and row.set_aside is None:
                found.setdefault(row.kind, set()).add(row.record)
    return tally(found)


def in_store(store: Store) -> Tally:
    """The records that stand in a store, those that were joined each for itself."""
    return {kind: sum(view.shown for view in store.everything(kind)) for kind in kinds(store.registry)}


def agree(account: Mapping[str, Tally]) -> bool:
    """Whether all four stages hold the same."""
    return all(account[stage] == account[STAGES[0]] for stage in STAGES)
