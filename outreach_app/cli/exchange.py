"""sync: exchange with the other laptops of the space."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened, progress, to_decide
from outreach_app.texts import _


def sync(
    carrier: Annotated[Path, typer.Argument(metavar="CARRIER", help="A folder: a USB stick, a shared drive.")],
    store: StoreFolder,
    verbose: Annotated[bool, typer.Option("--verbose", help="With the names of files that gave nothing.")] = False,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Leave what is new in a folder, and take what others left."""
    from outreach_app.operations.admissions import lets_in, own_place, place_in_words, waiting
    from outreach_app.operations.sync_words import in_words, left, where_in_words
    from outreach_app.operations.syncing import sync_folder

    with opened(store, passphrase_file) as known, progress(_("Syncing"), quiet=json) as advance:
        account = sync_folder(known, carrier, progress=advance).to_json()
        decisions, segments, place = known.decision_counts(), known.left_segments(), place_in_words(own_place(known))
        waits, where = left(segments, waiting(known), lets_in(known)), known.whereabouts()
    words = "\n\n".join([*filter(None, [place]), in_words(account, waits, verbose), where_in_words(where)])
    told = {**account, "left": segments, "where": asdict(where), "place": place, "decisions": to_decide(decisions)}
    answer(json, told, words)
    if account["not_sent"]:
        typer.echo(account["not_sent"], err=True)
        raise typer.Exit(1)


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(sync)
