"""demo: a whole season in one go, and the window on it."""

import os
import platform
from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli import OpenWindow
from outreach_app.cli.options import progress
from outreach_app.texts import _


def add_to(program: typer.Typer, open_window: OpenWindow | None) -> None:
    """Add this command."""

    @program.command()
    def demo(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder, or one that holds a demo.")],
        no_window: Annotated[bool, typer.Option("--no-window", help="Do not open the window at the end.")] = False,
    ) -> None:
        """Play a made-up season of outreach. It has capture, sync, workbooks, merging, sheets."""
        from outreach_app.demo.runs import PASSPHRASE, holds_demo, play

        if holds_demo(folder):
            typer.echo(_("{folder} holds a demo already.", folder=folder))
        else:
            with progress(_("Playing a season"), quiet=False) as advance:
                played = play(folder, advance)
            typer.echo(played.in_words())
            if not played.agrees:
                raise typer.Exit(1)
        typer.echo(_("The passphrase of all its stores is: {passphrase}", passphrase=PASSPHRASE))
        if not no_window and open_window is not None and _has_display():
            raise typer.Exit(open_window(folder / "stores" / "coordinator"))


def _has_display() -> bool:
    if platform.system() == "Linux":
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True
