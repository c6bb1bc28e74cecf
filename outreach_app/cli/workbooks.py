"""import, merge: workbooks and files of other programs that come in."""

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
    told_columns,
)
from outreach_app.texts import _

if TYPE_CHECKING:
    from outreach_app.sheets.accounts import Account
    from outreach_app.sheets.reading_choices import Choices

Language = Annotated[str, typer.Option(metavar="en|es", help="The language it is written in.")]
_DAYS = ("month-first", "day-first")


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
        list[str] | None, typer.Option("--map", metavar="HEADING=FIELD", help="What a column holds.")
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
    from outreach_app.sheets.accounts import Account

    choices = _choices(maps or [], days, fill, keep)
    if columns:
        _show_columns(path, store, passphrase_file, json)
        return
    account, stopped = Account(), False
    with opened(store, passphrase_file) as known, progress(_("Reading"), quiet=json) as advance:
        only = kind_named(known, kind) if kind else ""
        try:
            import_path(known, path, kind=only, dry_run=dry_run, progress=advance, choices=choices, account=account)
        except KeyboardInterrupt:
            stopped = True
        decisions = known.decision_counts()
    words = account.in_words()
    if dry_run:
        words = _("Nothing was changed. An import would do this:") + "\n" + words
    over = {"stopped": True} if stopped else {}
    answer(json, {"account": account.to_json(), "decisions": to_decide(decisions), **over}, words)
    if stopped:
        typer.echo(_("Stopped. Files that were done stay merged; merging all again changes nothing twice."), err=True)
        raise typer.Exit(1)
    _tell_failed(account)


def _choices(maps: list[str], days: str, fill: bool, keep: bool) -> "Choices":
    """How a person wants files read."""
    from outreach_app.sheets.parsing import Order
    from outreach_app.sheets.reading_choices import Choices

    if days not in ("", *_DAYS):
        raise typer.BadParameter("--days is one of: " + ", ".join(_DAYS))
    return Choices(told_columns(maps), Order(days.replace("-", "_") or Order.UNKNOWN), fill, keep)


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
        try:
            merged = merge_workbooks(out, files, review=review, progress=advance)
        except KeyboardInterrupt:
            typer.echo(_("Stopped. Nothing was written."), err=True)
            raise typer.Exit(1) from None
    answer(json, merged.to_json(), merged.in_words())
    _tell_failed(merged.account)


def review(
    out: Annotated[Path, typer.Argument(metavar="REVIEW.xlsx", help="The workbook to write.")],
    store: StoreFolder,
    language: Language = "",
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write what is to be decided into a workbook, to be filled in."""
    from outreach_app.operations.reviewing import make_review

    _check_spoken(language)
    with opened(store, passphrase_file) as known:
        made = make_review(known, out, language)
    answer(json, made.to_json(), made.in_words())


def returns(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the files.")],
    store: StoreFolder,
    only: Annotated[str, typer.Option("--for", metavar="NAME", help="One worker, or a laptop by its code.")] = "",
    language: Language = "",
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write a return file for each worker who sent workbooks."""
    from outreach_app.operations.returning import make_returns, returnable_named

    _check_spoken(language)
    with opened(store, passphrase_file) as known, progress(_("Writing"), quiet=json) as advance:
        whose = [returnable_named(known, only).device] if only else None
        made = make_returns(known, folder, whose, language, advance)
    answer(json, made.to_json(), made.in_words())


def _check_spoken(language: str) -> None:
    from outreach_app.texts import LANGUAGES

    if language and language not in LANGUAGES:
        raise typer.BadParameter("--language is one of: " + ", ".join(LANGUAGES))


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
    program.command("import")(import_)
    program.command()(merge)
    program.command()(review)
    program.command()(returns)
