"""The program's commands together, and how its faults are told."""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from outreach_app import __version__
from outreach_app.cli import (
    OpenWindow,
    capture,
    care,
    demos,
    duplicates,
    exchange,
    exports,
    keys,
    laptops,
    paper,
    settings,
    sharing,
    spaces,
    workbooks,
)
from outreach_app.model.errors import OutreachError
from outreach_app.texts import LANGUAGES, _, speak

USAGE = 2
_SPOKEN = ("OUTREACH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""What says which language is spoken here, the first that is set: "es", or "es_MX.UTF-8"."""
INTERRUPTED = 130
"""What Typer makes of Ctrl+C."""


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"Outreach {__version__}")
        raise typer.Exit


def program(open_window: OpenWindow | None) -> typer.Typer:
    """The commands. ``open_window`` is what the program does when nothing else was asked."""
    made = typer.Typer(
        help="Offline field outreach: sign-ins, feedback and partner contacts, captured and merged without loss.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @made.callback(invoke_without_command=True)
    def start(
        context: typer.Context,
        store: Annotated[Path | None, typer.Option(help="The folder of the store to open.")] = None,
        version: Annotated[  # noqa: ARG001 (acts by its callback)
            bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
        ] = False,
    ) -> None:
        """Open the window, unless a command says otherwise."""
        if context.invoked_subcommand is not None:
            return
        if open_window is None:
            typer.echo(context.get_help())
            raise typer.Exit(USAGE)
        raise typer.Exit(open_window(store))

    for commands in (
        spaces, capture, sharing, exports, workbooks, duplicates, exchange, paper, care, keys, laptops, settings,
    ):  # fmt: skip
        commands.add_to(made)
    demos.add_to(made, open_window)
    return made


def run(open_window: OpenWindow | None) -> None:
    """Run what was asked; a fault of the world is told in a sentence on standard error."""
    language = next(filter(None, map(os.environ.get, _SPOKEN)), "")[:2]
    if language in LANGUAGES:
        speak(language)
    if isinstance(sys.stdout, TextIOWrapper):  # a name that the terminal has no letters for is told all the same
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        program(open_window)()
    except OutreachError as fault:
        typer.echo(str(fault), err=True)
        sys.exit(1)
    except OSError as fault:  # of a path that no verb could foresee: a name too long, a folder closed to this person
        name = Path(str(fault.filename)).name if fault.filename else _("A file")
        typer.echo(
            _("{file} cannot be read or written. Check the name and the folder, then try again.", file=name), err=True
        )
        sys.exit(1)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            typer.echo(_("Stopped. What was done before stays."), err=True)
            sys.exit(1)
        raise
