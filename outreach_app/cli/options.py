"""What several commands ask for alike, and how they answer."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach_app.cli.near_names import no_kind
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.letters import well_formed
from outreach_app.model.passphrases import advice, refusal
from outreach_app.texts import _

if TYPE_CHECKING:
    from outreach_app.store.stores import Store

StoreFolder = Annotated[Path, typer.Option("--store", help="The folder of the store.")]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file whose first line is the passphrase.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
KINDS = (
    "events, people, organizations, affiliations, organization_relations, sign_ins, feedback, themes, responses, "
    "follow_ups, consents, groups, interests"
)


def passphrase(file: Path | None, twice: bool = False) -> str:
    """The passphrase: from the file, else from OUTREACH_PASSPHRASE, else asked for; ``twice``: one that is chosen."""
    given = first_line(file) if file is not None else os.environ.get("OUTREACH_PASSPHRASE")
    if given is None:
        given = str(typer.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=twice))
    elif file is None and well_formed(given) != given:
        raise BadInput(_("OUTREACH_PASSPHRASE holds letters that cannot be read. Please type the passphrase."))
    return chosen(given) if twice else given


def chosen(passphrase: str) -> str:
    """A passphrase that somebody chooses: one that is easily guessed is taken, and what would be safer is said."""
    if not refusal(passphrase) and advice(passphrase):
        typer.echo(advice(passphrase), err=True)
    return passphrase


def first_line(file: Path) -> str:
    """The first line of a file that holds a passphrase."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise NotFound(_("The file with the passphrase cannot be read. Check its name.")) from fault
    return lines[0] if lines else ""


@contextmanager
def opened(folder: Path, file: Path | None) -> "Iterator[Store]":
    """The store in a folder, open for one command."""
    from outreach_app.operations.spaces import open_store
    from outreach_app.store.key_files import holds_a_store

    if not holds_a_store(folder):
        raise NotFound(_("There is no store in {folder}. Check the folder, or make a new store.", folder=folder))
    store = open_store(folder, passphrase(file))
    try:
        yield store
    finally:
        store.close()


def kind_named(store: "Store", name: str) -> str:
    """The kind of that plural noun; wrong usage names them all."""
    kinds = {each: kind for each, kind in store.registry.items() if kind.about.in_forms}
    if name not in kinds:
        raise typer.BadParameter(no_kind(name, kinds))
    return name


def answer(as_json: bool, data: dict[str, Any], words: str) -> None:
    """Say what came of it, in words or as one JSON object."""
    typer.echo(json.dumps(data, ensure_ascii=False) if as_json else words)


@contextmanager
def progress(title: str, quiet: bool) -> "Iterator[Any]":
    """A bar on standard error, moved by ``advance(done, of)``; nothing where ``quiet`` or where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn(),
        console=console, transient=True, disable=quiet or not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task(title, total=None)

        def advance(done: int, of: int, doing: str = "") -> None:
            bar.update(task, completed=done, total=of, description=doing or title)

        yield advance


def to_decide(counts: Mapping[str, int]) -> dict[str, int]:
    """What waits for a person, as ``--json`` tells it."""
    return {name: counts[name] for name in ("conflicts", "duplicates")}


def told_columns(maps: list[str]) -> dict[str, str]:
    """What --map says, by heading. Nothing behind the sign leaves the column out."""
    told = {}
    for each in maps:
        heading, sign, what = each.partition("=")
        if not sign or not heading.strip():
            raise typer.BadParameter("--map is written HEADING=FIELD")
        told[heading.strip()] = what.strip()
    return told
