"""laptops: who belongs to the space, letting one in, giving one up as lost, and what role each has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach_app.cli.keys import WordsFile, written_words
from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened
from outreach_app.texts import _, count

if TYPE_CHECKING:
    from outreach_app.operations.laptops import Laptop
    from outreach_app.store.stores import Store


@dataclass(frozen=True, slots=True)
class _Deed:
    """What is to be done with a laptop, and what is said when it was."""

    name: str
    verb: "Callable[[Store, bytes], object]"
    said: str
    asks: bool = False  # it is one that asks to be let in


def laptops(
    store: StoreFolder,
    let_in: Annotated[str, typer.Option(metavar="NAME", help="Let in this laptop, which waits for that.")] = "",
    give_up: Annotated[str, typer.Option(metavar="NAME", help="Give this laptop up as lost or stolen.")] = "",
    found: Annotated[str, typer.Option(metavar="NAME", help="Take that back: it was found.")] = "",
    coordinator: Annotated[str, typer.Option(metavar="NAME", help="Make this worker's laptop a coordinator's.")] = "",
    worker: Annotated[str, typer.Option(metavar="NAME", help="Make this coordinator's laptop a worker's.")] = "",
    accept: Annotated[str, typer.Option(metavar="NAME", help="Accept what is held back of this laptop.")] = "",
    look_again: Annotated[str, typer.Option(metavar="NAME", help="Have what was left out of it wait again.")] = "",
    words_file: WordsFile = None,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """List the department's laptops; let in, give up, find again. Told are their roles, what was received last, and
    what waits. NAME is a worker's, or the beginning of the code at the end of a laptop's line."""
    from outreach_app.operations import admissions, held
    from outreach_app.operations import laptops as verbs

    words = written_words(words_file) if words_file else ""
    deeds = [
        _Deed(let_in, admissions.let_in, admissions.said_let_in("{name}"), asks=True),
        _Deed(
            give_up,
            lambda known, device: verbs.revoke(known, device, words),
            _("{name}'s laptop is given up. Sync, so that the others know."),
        ),
        _Deed(
            found,
            lambda known, device: verbs.restore(known, device, words),
            _("{name}'s laptop counts again. Sync, so that it hears."),
        ),
        _Deed(coordinator, _made("coordinator"), _("{name}'s laptop is a coordinator's now. Sync, so that it hears.")),
        _Deed(worker, _made("worker"), _("{name}'s laptop is a worker's now. Sync, so that it hears.")),
        _Deed(accept, _accept, _("What was held back of {name}'s laptop is accepted.")),
        _Deed(look_again, held.look_again, _("What was left out of {name}'s laptop waits to be decided again.")),
    ]
    with opened(store, passphrase_file) as known:
        said = [_done(known, each) for each in deeds if each.name]
        listed = verbs.laptops(known)
        place = admissions.place_in_words(admissions.own_place(known))
    first = [*said, *filter(None, [place])]
    lines = [*first, *([""] if first else []), *map(_line, listed)]
    answer(json, {"done": said, "place": place, "laptops": [_values(each) for each in listed]}, "\n".join(lines))


def _done(store: "Store", deed: _Deed) -> str:
    """Do it, and say so."""
    from outreach_app.operations.laptops import laptop_named

    laptop = laptop_named(store, deed.name, asks=deed.asks)
    deed.verb(store, laptop.device)
    return deed.said.format(name=laptop.name)


def _made(role: str) -> "Callable[[Store, bytes], object]":
    """Make a laptop a coordinator's or a worker's."""
    from outreach_app.operations.laptops import appoint

    return lambda store, device: appoint(store, device, role)


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
        "asks": laptop.asks is not None,
        "added": laptop.added,
        "lost": laptop.lost,
        "last": laptop.last,
        "waits": laptop.waits,
    }


def _line(laptop: "Laptop") -> str:
    from outreach_app.model.dates import moment_of
    from outreach_app.operations.admissions import why_in_words

    role = _("coordinator") if laptop.role == "coordinator" else _("worker")
    last = moment_of(laptop.last)[:10]
    received = _("last received: {day}", day=last) if laptop.last else _("nothing received yet")
    parts = [
        laptop.name,
        f"{_('waits to be let in')} · {why_in_words(laptop.asks)}" if laptop.asks else role,
        _("this laptop") if laptop.own else "",
        _("since {day}", day=moment_of(laptop.added)[:10]) if laptop.added else "",
        _("given up: {day}", day=moment_of(laptop.lost)[:10]) if laptop.lost else "",
        received if not laptop.own else "",
        count("{n} change waits", "{n} changes wait", laptop.waits) if laptop.waits else "",
        laptop.code,
    ]
    return " · ".join(part for part in parts if part)


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(laptops)
