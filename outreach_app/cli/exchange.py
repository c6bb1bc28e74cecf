"""sync: exchange with the other laptops of the space."""

from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened, progress, to_decide
from outreach_app.texts import _


def sync(
    carrier: Annotated[Path, typer.Argument(metavar="CARRIER", help="A folder: a USB stick, a shared drive.")],
    store: StoreFolder,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Leave what is new here in a folder, and take in what others left there."""
    from outreach_app.operations.syncing import sync_folder

    with opened(store, passphrase_file) as known, progress(_("Syncing"), quiet=json) as advance:
        account = sync_folder(known, carrier, progress=advance)
        decisions = known.decision_counts()
    answer(json, {**account.to_json(), "decisions": to_decide(decisions)}, account.in_words())
    if account.exchange.not_sent:
        typer.echo(account.exchange.not_sent, err=True)
        raise typer.Exit(1)


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(sync)
