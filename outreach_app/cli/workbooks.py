"""export, import, merge: workbooks and files of other programs, out and in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach_app.cli.options import (
    KINDS,
    AsJson,
    PassphraseFile,
    StoreFolder,
    answer,
    kind_named,
    opened,
    progress,
    to_decide,
)
from outreach_app.texts import _

if TYPE_CHECKING:
    from outreach_app.sheets.accounts import Account

Profile = Annotated[str, typer.Option(metavar="internal|partner|public", help="Whom the file is for.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="xlsx|csv|google|outlook|civicrm|vcard4|vcard3|ics|hsds",
        help="A workbook, or a file for another program: CSV, contacts, a calendar, the partner directory.",
    ),
]

_DAYS = ("month-first", "day-first")


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    store: StoreFolder,
    form: Format = "xlsx",
    kind: Annotated[str, typer.Option(metavar="KIND", help="Of --format csv, this kind alone. " + KINDS)] = "",
    profile: Profile = "internal",
    partner: Annotated[str, typer.Option(metavar="CODE", help="The partner it is for, with --profile partner.")] = "",
    event: Annotated[str, typer.Option(metavar="CODE", help="Only what belongs to one event.")] = "",
    language: Annotated[str, typer.Option(metavar="en|es", help="The language of its headings.")] = "en",
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write a workbook, or a file for another program."""
    from outreach_app.operations.exporting import PROFILES
    from outreach_app.operations.exporting_files import CSV, FORMATS, export_file
    from outreach_app.texts import LANGUAGES

    if form not in FORMATS:
        raise typer.BadParameter("--format is one of: " + ", ".join(FORMATS))
    if kind and form != CSV:
        raise typer.BadParameter("--kind goes with --format csv alone")
    if profile not in PROFILES:
        raise typer.BadParameter("--profile is one of: " + ", ".join(PROFILES))
    if language not in LANGUAGES:
        raise typer.BadParameter("--language is one of: " + ", ".join(LANGUAGES))
    if (profile == "partner") != bool(partner):
        raise typer.BadParameter("--profile partner and --partner CODE go together")
    with opened(store, passphrase_file) as known, progress(_("Writing"), quiet=json) as advance:
        only = kind_named(known, kind) if kind else ""
        made = export_file(known, out, form, profile, partner, event, language, kind=only, progress=advance)
    answer(json, made.to_json(), made.in_words())


def import_(
    path: Annotated[
        Path, typer.Argument(metavar="FILE_OR_FOLDER", help="Workbooks, tables of other programs, a partner directory.")
    ],
    store: StoreFolder,
    kind: Annotated[str, typer.Option(metavar="KIND", help="Only this kind. " + KINDS)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")] = False,
    columns: Annotated[
        bool, typer.Option("--columns", help="Say what the columns of a table are taken for, and take nothing.")
    ] = False,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=FIELD", help="What a column holds."),
    ] = None,
    days: Annotated[
        str, typer.Option(metavar="month-first|day-first", help="How 3/4/2026 is meant where a column does not tell.")
    ] = "",
    fill: Annotated[bool, typer.Option("--fill-down", help="Give merged cells the content of their first.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep columns that are not ours as notes.")] = False,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Take in workbooks, tables of other programs, directories."""
    from outreach_app.operations.importing import import_path
    from outreach_app.sheets.parsing import Order
    from outreach_app.sheets.reading_choices import Choices

    if days not in ("", *_DAYS):
        raise typer.BadParameter("--days is one of: " + ", ".join(_DAYS))
    choices = Choices(_told(maps or []), Order(days.replace("-", "_") or Order.UNKNOWN), fill, keep)
    if columns:
        _show_columns(path, store, passphrase_file, json)
        return
    with opened(store, passphrase_file) as known, progress(_("Reading"), quiet=json) as advance:
        only = kind_named(known, kind) if kind else ""
        account = import_path(known, path, kind=only, dry_run=dry_run, progress=advance, choices=choices)
        decisions = known.decision_counts()
    words = account.in_words()
    if dry_run:
        words = _("Nothing was changed. An import would do this:") + "\n" + words
    answer(json, {"account": account.to_json(), "decisions": to_decide(decisions)}, words)
    _tell_failed(account)


def merge(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")],
    files: Annotated[list[Path], typer.Argument(metavar="IN...", help="The workbooks to merge.")],
    review: Annotated[Path | None, typer.Option(help="A workbook of what a person must look at.")] = None,
    json: AsJson = False,
) -> None:
    """Merge workbooks into one, with no store."""
    from outreach_app.operations.merging import merge_workbooks

    written = [each.resolve() for each in (out, review) if each is not None]
    if len(set(written)) < len(written) or {each.resolve() for each in files} & set(written):
        raise typer.BadParameter("OUT.xlsx and --review are new workbooks; name them apart from those to merge")
    with progress(_("Merging"), quiet=json) as advance:
        merged = merge_workbooks(out, files, review=review, progress=advance)
    answer(json, merged.to_json(), merged.in_words())
    _tell_failed(merged.account)


def _told(maps: list[str]) -> dict[str, str]:
    """What --map says, by heading. Nothing behind the sign leaves the column out."""
    told = {}
    for each in maps:
        heading, sign, what = each.partition("=")
        if not sign or not heading.strip():
            raise typer.BadParameter("--map is written HEADING=FIELD")
        told[heading.strip()] = what.strip()
    return told


def _show_columns(path: Path, store: Path, passphrase_file: Path | None, json: bool) -> None:
    """Say what the columns of a table are taken for."""
    from outreach_app.operations.importing_tables import preview

    with opened(store, passphrase_file) as known:
        tables = preview(known, path)
    lines = []
    for table in tables:
        kind, holds = table.columns.kind, table.columns.holds
        lines.append(f"{table.title}: {kind}")
        lines += [f"    {each} = {holds.get(each, '') or '-'}" for each in table.headings if each]
    told = [{"table": each.title, "kind": each.columns.kind, "columns": dict(each.columns.holds)} for each in tables]
    answer(json, {"tables": told}, "\n".join(lines))


def _tell_failed(account: "Account") -> None:
    """Files of which nothing was taken are also named on standard error, and the command has failed."""
    for each in account.failed:
        typer.echo(f"{each.file}: {each.error}", err=True)
    if account.failed:
        raise typer.Exit(1)


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    program.command()(export)
    program.command("import")(import_)
    program.command()(merge)
