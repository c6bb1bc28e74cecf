"""doctor, backup, backups, restore, rescue: looking after a store."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach_app.cli.keys import NewPassphraseFile, WordsFile, new_passphrase, written_words
from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened, passphrase, progress
from outreach_app.model.errors import OutreachError
from outreach_app.texts import _

if TYPE_CHECKING:
    from outreach_app.store.checkups import Checkup


def doctor(
    store: StoreFolder,
    repair: Annotated[bool, typer.Option("--repair", help="Make anew what is shown, where it is not right.")] = False,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Compare what is shown with what was written, made anew."""
    with opened(store, passphrase_file) as known:
        found = known.check()
        if repair and found.repairable:
            known.rebuild()
            found = known.check()
    words = _in_words(found)
    loose = [f"{field}: {count}" for field, count in found.pointing_nowhere.items()]
    if loose:
        words += "\n" + _("Not here yet, though something points at it: {list}", list=", ".join(loose))
    answer(json, {**asdict(found), "healthy": found.healthy}, words)
    if not found.healthy:
        raise typer.Exit(1)


def _in_words(found: "Checkup") -> str:
    if found.healthy:
        return _(
            "All is well: {n} records, those that come with Outreach among them, are shown as they were written.",
            n=f"{found.records:,}",
        )
    if found.repairable:
        return _("What was written is whole, but what is shown differs from it. Run the doctor with --repair.")
    return _("Something is not as it was written. Restore a backup, and keep this store aside.")


def backup(
    store: StoreFolder,
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help="The file to write; else one more where they are kept.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    keep_in: Annotated[
        Path | None,
        typer.Option(help="Keep them in this folder from now on, such as a stick; '-' beside the store."),
    ] = None,
) -> None:
    """Write a verified copy of a store to one file. The same passphrase opens it."""
    from outreach_app.operations import backups as verbs

    with opened(store, passphrase_file) as known:
        if keep_in is not None:
            verbs.keep_in(known, None if str(keep_in) == "-" else keep_in)
        if out is None:
            out = verbs.back_up_now(known).file
        else:
            known.back_up(out)
    typer.echo(_("Backed up to {file}, opened and checked.", file=out))


def backups(store: StoreFolder, passphrase_file: PassphraseFile = None, json: AsJson = False) -> None:
    """List the backups of a store, and whether each is whole."""
    from outreach_app.operations.backups import keeping

    with opened(store, passphrase_file) as known:
        kept = keeping(known)
        found = kept.made()
    lines = [
        f"{_at(each.at)}  {each.file}  " + (_("opened and checked") if each.verified else _("damaged"))
        for each in found
    ]
    told = [
        {"file": str(each.file), "at": _at(each.at), "changes": each.changes, "verified": each.verified}
        for each in found
    ]
    words = "\n".join(lines) or _("There is no backup in {folder} yet.", folder=kept.place)
    answer(json, {"folder": str(kept.place), "backups": told}, words)


def _at(clock: int) -> str:
    from outreach_app.store.rotations import moment

    return f"{moment(clock).astimezone():%Y-%m-%d %H:%M}" if clock else "-" * 16


def restore(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The backup.")],
    store: StoreFolder,
    passphrase_file: PassphraseFile = None,
    worker: Annotated[str, typer.Option(help="With the words of the recovery sheet: who works with it.")] = "",
    words_file: WordsFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="In the place of the store that is there, which is kept beside it.")
    ] = False,
) -> None:
    """Put a backup's store in a new folder. It is opened once to see that it is whole; if need be by the sheet."""
    if in_place:
        from outreach_app.operations.going_back import go_back

        with progress(_("Going back…"), quiet=False) as advance:
            account = go_back(store, source, passphrase(passphrase_file), tell=advance)
        typer.echo(account.in_words())
        return
    from outreach_app.operations.keys import open_by_sheet
    from outreach_app.operations.spaces import open_store
    from outreach_app.store.backups import restore as verb
    from outreach_app.store.backups import take_back

    by_sheet = words_file is not None
    said = new_passphrase(new_passphrase_file) if by_sheet else passphrase(passphrase_file)
    words = written_words(words_file) if by_sheet else ""
    verb(source, store)
    try:
        (open_by_sheet(store, words, worker, said) if by_sheet else open_store(store, said)).close()
    except OutreachError:
        take_back(store)
        raise
    typer.echo(_("Restored to {store}.", store=store))


def rescue(
    store: StoreFolder,
    folder: Annotated[
        list[Path] | None, typer.Option(help="A folder it synced with, beside those it remembers.")
    ] = None,
    backup: Annotated[list[Path] | None, typer.Option(help="A backup, or a folder of them, beside its own.")] = None,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Put a damaged store together again. That takes backups, folders, and what of it still reads."""
    from outreach_app.operations.rescuing import rescue as verb

    with progress(_("Rescuing"), quiet=json) as advance:
        account = verb(store, passphrase(passphrase_file), folders=folder or (), backups=backup or (), tell=advance)
    answer(json, account.to_json(), account.in_words())


def help_page(name: Annotated[str, typer.Argument(metavar="[PAGE]", help="The page to read.")] = "") -> None:
    """Read the help: a page of it, or what pages there are."""
    from outreach_app.help_pages import help_page as page
    from outreach_app.help_pages import help_pages, help_title
    from outreach_app.texts import language

    if name and name not in help_pages():
        raise typer.BadParameter("PAGE is one of: " + ", ".join(help_pages()))
    said = page(name, language()) if name else "\n".join(f"{e}  {help_title(e, language())}" for e in help_pages())
    typer.echo(said)


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    for command in (doctor, backup, backups, restore, rescue):
        program.command()(command)
    program.command("help")(help_page)
