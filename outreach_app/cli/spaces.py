"""new, invite, join: stores and the space they share."""

from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened, passphrase
from outreach_app.model.letters import well_formed
from outreach_app.texts import _


def new(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The folder of the new store.")],
    worker: Annotated[str, typer.Option(help="The name of whoever works with it.")],
    department: Annotated[str, typer.Option(help="The name of the department.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Begin: a new department, and the store of its coordinator."""
    from outreach_app.operations.spaces import new_store

    worker, department = _told("worker", worker), _told("department", department)
    new_store(store, passphrase(passphrase_file, twice=True), worker, department).close()
    typer.echo(_("{store} is ready for {worker}, {department}.", store=store, worker=worker, department=department))
    typer.echo(
        _(
            "Next: print the recovery sheet (outreach recovery), prove it (outreach prove), and invite the "
            "other laptops "
            "(outreach invite)."
        )
    )


def invite(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The invitation file to write.")],
    store: StoreFolder,
    coordinator: Annotated[
        bool, typer.Option("--coordinator", help="For a coordinator's laptop, which reads sensitive reports.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Invite another laptop: a file, and six words that open it."""
    from outreach_app.journal.statements import COORDINATOR, WORKER
    from outreach_app.operations.spaces import invite as verb

    with opened(store, passphrase_file) as known:
        code = verb(known, file, COORDINATOR if coordinator else WORKER)
    words = _("Give the file {file} to the worker, and tell them these six words in person or by phone:", file=file)
    there = _("At that laptop, start Outreach and press “I have an invitation file”, or write:")
    command = f'outreach join {file.name} --code "{code}" --store {_("FOLDER")} --worker {_("NAME")}'
    one = _(
        "It lets in one laptop; make another for each other laptop. It is let in when it has synced, then this laptop "
        "with the same folder, and then that one again."
    )
    answer(json, {"code": code}, f"{words}\n\n    {code}\n\n{there}\n\n    {command}\n\n{one}")


def join(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The invitation file.")],
    code: Annotated[str, typer.Option(help="The six words that came with it, in quotation marks.")],
    store: StoreFolder,
    worker: Annotated[str, typer.Option(help="The name of whoever works with it.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make this laptop's store, by an invitation and its six words."""
    from outreach_app.operations.admissions import own_place, place_in_words
    from outreach_app.operations.spaces import join as verb

    worker = _told("worker", worker)
    made = verb(store, file, code, worker, passphrase(passphrase_file, twice=True))
    department, waits = made.department, place_in_words(own_place(made))
    made.close()
    typer.echo(_("{store} is ready for {worker}, {department}.", store=store, worker=worker, department=department))
    typer.echo(waits)


def _told(option: str, name: str) -> str:
    """A name that sheets and workbooks will say, so it must say something."""
    if not name.strip():
        raise typer.BadParameter(f"--{option} is empty")
    return well_formed(name)


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    for command in (new, invite, join):
        program.command()(command)
