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
    """Make a new space, and the store of its coordinator."""
    from outreach_app.operations.spaces import new_store

    worker, department = _told("worker", worker), _told("department", department)
    new_store(store, passphrase(passphrase_file, twice=True), worker, department).close()
    typer.echo(_("{store} is ready for {worker}, {department}.", store=store, worker=worker, department=department))


def invite(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The invitation file to write.")],
    store: StoreFolder,
    coordinator: Annotated[
        bool, typer.Option("--coordinator", help="For a coordinator's laptop, which reads sensitive reports.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write an invitation for another laptop, and say the six words that open it."""
    from outreach_app.journal.statements import COORDINATOR, WORKER
    from outreach_app.operations.spaces import invite as verb

    with opened(store, passphrase_file) as known:
        code = verb(known, file, COORDINATOR if coordinator else WORKER)
    words = _("Give the file {file} to the worker, and tell them these words in person or by phone:", file=file)
    one = _("It lets in one laptop; make another for each other laptop.")
    answer(json, {"code": code}, f"{words}\n{one}\n\n    {code}")


def join(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The invitation file.")],
    code: Annotated[str, typer.Option(help="The six words.")],
    store: StoreFolder,
    worker: Annotated[str, typer.Option(help="The name of whoever works with it.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make this laptop's store in the space of an invitation."""
    from outreach_app.operations.spaces import join as verb

    worker = _told("worker", worker)
    made = verb(store, file, code, worker, passphrase(passphrase_file, twice=True))
    department = made.department
    made.close()
    typer.echo(_("{store} is ready for {worker}, {department}.", store=store, worker=worker, department=department))


def _told(option: str, name: str) -> str:
    """A name that sheets and workbooks will say, so it must say something."""
    if not name.strip():
        raise typer.BadParameter(f"--{option} is empty")
    return well_formed(name)


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    for command in (new, invite, join):
        program.command()(command)
