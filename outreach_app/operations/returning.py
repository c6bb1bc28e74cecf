"""Return files: what came of the workbooks of a laptop that only ever sends workbooks, one file for each.

A return file is an internal workbook of that laptop's own records as they stand at the coordinator's, so taking it in
is merging like any other. Its signed page also says which of the laptop's writes are held (``returned.py``).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from outreach_app.journal.statements import device_of
from outreach_app.model.codes import device_code
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.identifiers import id_bytes, new_id
from outreach_app.operations.exporting import book_for, log_export, names_of
from outreach_app.operations.leaving import Asked, Wanted, kinds_for
from outreach_app.operations.return_tables import arrived, decided, ends_of, set_aside
from outreach_app.operations.returned import MERGED
from outreach_app.sheets.workbooks import write_workbook
from outreach_app.store.clusters import members
from outreach_app.store.handouts import hand_out
from outreach_app.store.returns import Returns
from outreach_app.store.stores import Store
from outreach_app.texts import _, count, language, say

_NAMED = 60  # letters of a name, in that of a file

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Returnable:
    """A laptop whose workbooks came here."""

    device: bytes
    name: str  # of whoever works with it
    workbooks: int  # merged here, as far as this store noted

    @property
    def code(self) -> str:
        """Eight digits that tell it from others of one name."""
        return device_code(self.device)

    @property
    def file_name(self) -> str:
        """What its return file is called, by itself."""
        return _("Return for {name} {code}", name=_plain(self.name), code=self.code) + ".xlsx"


@dataclass(frozen=True, slots=True)
class Returned:
    """Return files that were written."""

    files: Sequence[tuple[Returnable, Path, int]]  # and how many rows are in each

    def to_json(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "files": [
                {"laptop": whose.code, "name": whose.name, "file": str(path), "rows": rows}
                for whose, path, rows in self.files
            ]
        }

    def in_words(self) -> str:
        """As a person reads it."""
        lines = [
            f"{_('Wrote {file}', file=path)}: {count('{n} row', '{n} rows', rows)}" for _whose, path, rows in self.files
        ]
        return "\n".join([*lines, _("Anyone who has such a file can read it. Each is in the export log.")])


def returnable(store: Store) -> Sequence[Returnable]:
    """The laptops whose workbooks came here, by name; those given up as lost apart."""
    noted = store.setting(MERGED, {})
    with store.reading() as connection:
        taught = {each.device: each.name for each in Returns(connection).taught_by()}
    known = store.membership().members
    found = []
    for device in {*taught, *map(bytes.fromhex, noted)} - {store.device}:
        books = noted.get(device.hex(), {})
        by = max(books.values(), key=lambda each: each["at"])["by"] if books else ""
        member = known.get(device)
        if member is None or not member.lost:
            found.append(
                Returnable(device, by or taught.get(device, "") or (member.name if member else ""), len(books))
            )
    return sorted(found, key=lambda each: (each.name.casefold(), each.device))


def returnable_named(store: Store, name: str) -> Returnable:
    """The laptop of that worker, or whose code begins so. Raises NotFound; BadInput where there are several."""
    wanted = " ".join(name.split()).casefold()
    known = returnable(store)
    found = [each for each in known if wanted and (each.name.casefold() == wanted or each.code == wanted)]
    if not found:
        raise NotFound(_("No workbook of {name}'s was merged here. Look at the list.", name=name))
    if len(found) > 1:
        codes = ", ".join(each.code for each in found)
        raise BadInput(_("Several laptops are called {name}. Please say which: {list}.", name=name, list=codes))
    return found[0]


def make_returns(
    store: Store,
    folder: Path,
    whose: Collection[bytes] | None = None,
    spoken: str = "",
    progress: Progress = lambda _done, _of: None,
) -> Returned:
    """Write a return file for each laptop whose workbooks came here, or for ``whose`` (ids) alone, into a folder, which
    is made where there is none yet.

    Raises BadInput where this is no coordinator's laptop or there is nobody to write to, and NotWritable.
    """
    if store.device not in store.membership().coordinators:
        raise BadInput(_("Only a coordinator's laptop can do this."))
    wanted = [each for each in returnable(store) if whose is None or each.device in whose]
    if not wanted:
        raise BadInput(_("No workbook of another laptop was merged here yet, so there is nobody to write to."))
    if not folder.exists() and folder.parent.is_dir():
        folder.mkdir()
    if not folder.is_dir():
        raise NotFound(_("There is no file or folder “{name}”. Check the name and try again.", name=folder.name))
    made = []
    for place, each in enumerate(wanted):
        progress(place, len(wanted))
        path = folder / each.file_name
        made.append((each, path, _write(store, each, path, spoken or language())))
    progress(len(wanted), len(wanted))
    return Returned(made)


def _write(store: Store, whose: Returnable, path: Path, spoken: str) -> int:
    """Write one return file and log it; how many rows it has."""
    own, records = _records(store, whose.device)
    with store.reading() as connection:
        returns = Returns(connection)
        held, books = returns.held_of(whose.device), returns.books(store.device)
        founded = device_of(store.space.root) == store.device  # whom every laptop knows
        who_belongs = [] if founded else returns.who_belongs()
    noted: Mapping[str, Any] = store.setting(MERGED, {}).get(whose.device.hex(), {})
    named, log = names_of(store), new_id()
    told = {
        "device": whose.device,
        "numbered": {run: [list(each) for each in stretch] for run, stretch in held.numbered.items()},
        "derived": sorted(held.derived),
        "books": sorted({*books, *map(bytes.fromhex, noted)}),
        "merged": [dict(each) for each in noted.values()],
        "who_belongs": who_belongs,
    }
    asked = Asked(Wanted(language=spoken, to_whom=whose.name), changed=records)
    kinds = kinds_for(store, asked, lambda _done, _of: None)
    book = replace(
        book_for(store, id_bytes(log), kinds, asked),
        about=(say("For {name}, laptop {code}", spoken, name=whose.name, code=whose.code),),
        returned=told,
        tables=(arrived(noted, spoken), decided(store, whose.device, own, named, spoken), set_aside(noted, spoken)),
    )

    content = BytesIO()
    rows = dict(write_workbook(content, book).receipt.rows)
    hand_out(path, content.getvalue())
    log_export(store, log, path, asked, rows, {})
    return sum(rows.values())


def _records(store: Store, device: bytes) -> tuple[dict[str, set[str]], dict[str, Collection[str]]]:
    """By kind, the records a laptop wrote in; and with them what stands as one with them, and the links that say so."""
    with store.reading() as connection:
        own = Returns(connection).records_of(device)
        chosen: dict[str, Collection[str]] = {}
        for kind, ids in own.items():
            declared = store.registry.get(kind)
            if declared is not None and declared.about.joinable:
                chosen[kind] = {member for each in ids for member in members(connection, kind, each)}
            else:
                chosen[kind] = ids
    among = {each for ids in chosen.values() for each in ids}
    links = {view.id for view in store.everything("links") if among & ends_of(view.values)}
    chosen["links"] = links | {*chosen.get("links", ())}
    return own, chosen


def _plain(name: str) -> str:
    """A name as a file's name takes it."""
    return "".join(each if each.isalnum() or each in " -" else "_" for each in name)[:_NAMED].strip() or "-"
