"""sheet, hand-out: a sign-in sheet for an event; the groups to join that fit, to hand out."""

from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import PassphraseFile, StoreFolder, opened
from outreach_app.model.errors import OutreachError
from outreach_app.texts import _, count

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


def hand_groups_out(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.")],
    store: StoreFolder,
    interest: Annotated[list[str], typer.Option(metavar="CODE", help="Only groups that deal with one of these.")] = [],  # noqa: B006 (Typer copies it)
    county: Annotated[str, typer.Option(metavar="NAME", help="Only groups that work in this county.")] = "",
    language: Annotated[str, typer.Option(metavar="en|es|en+es", help="The language of its headings.")] = "en+es",
    large_print: Annotated[bool, typer.Option("--large-print", help="Larger letters.")] = False,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make a hand-out of the groups to join that fit."""
    from outreach_app.model import counties
    from outreach_app.model.vocabularies import vocabulary
    from outreach_app.operations.group_sheets import GroupSheetChoices, group_sheet
    from outreach_app.operations.groups import fitting_groups
    from outreach_app.store.handouts import hand_out

    areas = vocabulary("interest_areas")
    if language not in LANGUAGES:
        raise typer.BadParameter("--language is one of: " + ", ".join(LANGUAGES))
    if unknown := [each for each in interest if each not in areas.by_code]:
        raise typer.BadParameter(f"--interest {unknown[0]} is none of: " + ", ".join(areas.codes))
    fips = counties.named(county) if county else ""
    with opened(store, passphrase_file) as known:
        groups = [each.group.id for each in fitting_groups(known, interest, fips)]
        choices = GroupSheetChoices(tuple(language.split("+")), large_print, interests=tuple(interest), county=fips)
        hand_out(out, group_sheet(known, groups, choices))
    typer.echo(count("{n} group, in {file}", "{n} groups, in {file}", len(groups), file=out))


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    program.command()(sheet)
    program.command("hand-out")(hand_groups_out)
