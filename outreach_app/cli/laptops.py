"""laptops: who belongs to the space, giving a laptop up as lost, and what role each has."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach_app.cli.keys import WordsFile, written_words
from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened
from outreach_app.texts import _, count

if TYPE_CHECKING:
    from outreach_app.operations.laptops import Laptop
    from outreach_app.store.stores import Store


def laptops(
    store: StoreFolder,
    revoke: Annotated[str, typer.Option(metavar="NAME", help="Give this laptop up as lost or stolen.")] = "",
    restore: Annotated[str, typer.Option(metavar="NAME", help="Take that back: it was found.")] = "",
    coordinator: Annotated[str, typer.Option(metavar="NAME", help="Make this worker's laptop a coordinator's.")] = "",
    worker: Annotated[str, typer.Option(metavar="NAME", help="Make this coordinator's laptop a worker's.")] = "",
    accept: Annotated[str, typer.Option(metavar="NAME", help="Accept what is held back of this laptop.")] = "",
    words_file: WordsFile = None,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """List the laptops of the department, with their roles, what was received last, and what waits."""
    from outreach_app.operations import laptops as verbs

    words = written_words(words_file) if words_file else ""
    asked: list[tuple[str, Callable[[Store, bytes], object]]] = [
        (revoke, lambda known, device: verbs.revoke(known, device, words)),
        (restore, verbs.restore),
        (coordinator, lambda known, device: verbs.appoint(known, device, "coordinator")),
        (worker, lambda known, device: verbs.appoint(known, device, "worker")),
        (accept, _accept),
    ]
    with opened(store, passphrase_file) as known:
        for name, verb in asked:
            if name:
                verb(known, verbs.laptop_named(known, name).device)
        found = verbs.laptops(known)
    answer(json, {"laptops": [_values(each) for each in found]}, "\n".join(map(_line, found)))


def _accept(store: "Store", device: bytes) -> None:
    """Accept all that is held of a laptop."""
    from outreach_app.model.errors import NotFound
    from outreach_app.operations.held import accept

    waits = [each for each in store.decisions() if each.what == "held" and each.record == device.hex()]
    if not waits:
        raise NotFound(_("Nothing is held back of this laptop."))
    for decision in waits:
        accept(store, decision)


def _values(laptop: "Laptop") -> dict[str, Any]:
    return {
        "id": laptop.device.hex(),
        "name": laptop.name,
        "role": laptop.role,
        "own": laptop.own,
        "lost": laptop.lost,
        "last": laptop.last,
        "waits": laptop.waits,
    }


def _line(laptop: "Laptop") -> str:
    from outreach_app.journal.clock import moment_of

    parts = [
        laptop.name,
        _("coordinator") if laptop.role == "coordinator" else _("worker"),
        _("this laptop") if laptop.own else "",
        _("given up: {day}", day=moment_of(laptop.lost)[:10]) if laptop.lost else "",
        _("last received: {day}", day=moment_of(laptop.last)[:10]) if laptop.last else _("nothing received yet"),
        count("{n} change waits", "{n} changes wait", laptop.waits) if laptop.waits else "",
        laptop.device.hex()[:8],
    ]
    return " · ".join(part for part in parts if part)


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(laptops)
