"""sheet: a sign-in sheet for an event."""

from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import PassphraseFile, StoreFolder, opened
from outreach_app.model.errors import OutreachError
from outreach_app.texts import _

LANGUAGES = ("en", "es", "en+es")


def sheet(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.")],
    store: StoreFolder,
    event: Annotated[str, typer.Option(metavar="CODE", help="The event's code.")],
    language: Annotated[str, typer.Option(metavar="en|es|en+es", help="The language of its headings.")] = "en+es",
    lines: Annotated[int, typer.Option(metavar="N", min=0, max=2000, help="How many blank lines.")] = 24,
    large_print: Annotated[bool, typer.Option("--large-print", help="Larger letters and lines.")] = False,
    prefilled: Annotated[bool, typer.Option("--prefilled", help="Names of those expected first.")] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a numbered sign-in sheet."""
    from outreach_app.operations.printing import SheetChoices, make_sheet
    from outreach_app.operations.records import record_by_code
    from outreach_app.store.handouts import hand_out

    if language not in LANGUAGES:
        raise typer.BadParameter("--language is one of: " + ", ".join(LANGUAGES))
    with opened(store, passphrase_file) as known:
        found = record_by_code(known, "events", event)
        choices = SheetChoices(tuple(language.split("+")), lines, large_print, prefilled)
        made = make_sheet(known, found.id, choices)
        try:
            hand_out(out, made.pdf)
        except OutreachError:
            if made.changes.change is not None:
                known.undo(made.changes.change)  # no sheet went out under that code
            raise
    typer.echo(
        _(
            "Sheet {code}: {pages} pages, {lines} lines, in {file}",
            code=made.code,
            pages=made.pages,
            lines=made.lines,
            file=out,
        )
    )


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(sheet)
