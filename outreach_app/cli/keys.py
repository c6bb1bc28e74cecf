"""passphrase, workers, keyring, recovery, prove, recover: who can open a store, and how."""

import os
from pathlib import Path
from typing import Annotated

import typer

from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, chosen, first_line, opened
from outreach_app.texts import _

NewPassphraseFile = Annotated[
    Path | None, typer.Option("--new-passphrase-file", help="A file whose first line is the new passphrase.")
]
WordsFile = Annotated[Path | None, typer.Option("--words-file", help="A file with the 24 words of the recovery sheet.")]


def passphrase(
    store: StoreFolder, passphrase_file: PassphraseFile = None, new_passphrase_file: NewPassphraseFile = None
) -> None:
    """Change the passphrase of whoever opens the store with it."""
    from outreach_app.cli.options import passphrase as asked
    from outreach_app.operations.keys import change_passphrase
    from outreach_app.operations.spaces import open_store

    old = asked(passphrase_file)
    known = open_store(store, old)
    try:
        change_passphrase(known, old, new_passphrase(new_passphrase_file))
    finally:
        known.close()
    typer.echo(_("The new passphrase opens {store}; the old one does not.", store=store))


def workers(
    store: StoreFolder,
    add: Annotated[str, typer.Option(metavar="NAME", help="Let this worker in, by a passphrase of their own.")] = "",
    remove: Annotated[str, typer.Option(metavar="NAME", help="Let this worker in no longer.")] = "",
    passphrase_file: PassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Say who shares this laptop; let one more in, or one less."""
    from outreach_app.operations.keys import add_worker, remove_worker, ways_in

    with opened(store, passphrase_file) as known:
        if add:
            add_worker(known, add, new_passphrase(new_passphrase_file))
        if remove:
            remove_worker(known, remove)
        found = ways_in(known)
    answer(json, {"workers": list(found.workers)}, "\n".join(found.workers))


def keyring(
    store: StoreFolder,
    use: Annotated[bool, typer.Option("--use/--forget", help="Whether the window opens by it when it starts.")] = True,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Have this computer's keyring open the window. With --forget, the passphrase is asked for each time."""
    from outreach_app.operations.keys import ask_at_start, remember_here

    with opened(store, passphrase_file) as known:
        (remember_here if use else ask_at_start)(known)
    if use:
        typer.echo(_("This computer's keyring opens the store when Outreach starts."))
    else:
        typer.echo(_("Outreach asks for the passphrase whenever it starts."))


def recovery(
    out: Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The PDF to write.")],
    store: StoreFolder,
    language: Annotated[str, typer.Option(metavar="en|es|en+es", help="The language of what it says.")] = "en+es",
    new: Annotated[bool, typer.Option("--new", help="A new sheet, in place of one that was lost or copied.")] = False,
    words_file: WordsFile = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Make the department's recovery sheet. Its 24 words, or its square code, open all its laptops."""
    from outreach_app.cli.paper import LANGUAGES
    from outreach_app.operations.keys import drawn, new_sheet, recovery_sheet
    from outreach_app.store.handouts import hand_out

    if language not in LANGUAGES:
        raise typer.BadParameter("--language is one of: " + ", ".join(LANGUAGES))
    with opened(store, passphrase_file) as known:
        languages = language.split("+")
        if new:
            words = written_words(words_file) if words_file else ""
            new_sheet(known, lambda sheet: hand_out(out, drawn(known, sheet, languages)), words)
        else:
            hand_out(out, recovery_sheet(known, languages))
    typer.echo(_("Wrote {file}. Whoever has it can open every laptop: print it, then delete the file.", file=out))
    if new:
        typer.echo(
            _(
                "Then prove it (outreach prove), and sync with every folder. A laptop that has not heard of it "
                "yet is still "
                "opened by the earlier sheet."
            )
        )
    else:
        typer.echo(_("Then prove it: outreach prove."))


def prove(store: StoreFolder, words_file: WordsFile = None, passphrase_file: PassphraseFile = None) -> None:
    """Prove the printed recovery sheet by its words. From then on they are on paper alone."""
    from outreach_app.operations.keys import prove_recovery

    with opened(store, passphrase_file) as known:
        prove_recovery(known, written_words(words_file))
    typer.echo(_("The recovery sheet is proven. Lock the paper away, and keep no file of it."))


def recover(
    store: StoreFolder,
    worker: Annotated[str, typer.Option(help="The name of whoever works with it from now on.")],
    words_file: WordsFile = None,
    carrier: Annotated[
        Path | None, typer.Option("--from", metavar="FOLDER", help="A new store, of what laptops left in this folder.")
    ] = None,
    new_passphrase_file: NewPassphraseFile = None,
) -> None:
    """Open a store by the recovery sheet. Either its passphrase is forgotten; or, with --from, only the sheet is left,
    and a new store takes in what the department's laptops left in a folder."""
    from outreach_app.operations.keys import open_by_sheet

    words = written_words(words_file)
    if carrier is not None:
        from outreach_app.operations.recovering import recover_space

        recover_space(store, carrier, words, worker, new_passphrase(new_passphrase_file)).close()
        typer.echo(_("{store} holds what was in {folder}, for {worker}.", store=store, folder=carrier, worker=worker))
        typer.echo(
            _(
                "Sync with every other folder there is, and give up the laptops that are gone: "
                "`outreach laptops --give-up NAME --words-file FILE`"
            )
        )
        return
    open_by_sheet(store, words, worker, new_passphrase(new_passphrase_file)).close()
    typer.echo(_("{worker} opens {store} with the new passphrase.", worker=worker, store=store))


def new_passphrase(file: Path | None) -> str:
    """The new passphrase: from the file, else from OUTREACH_NEW_PASSPHRASE, else asked for twice."""
    given = first_line(file) if file is not None else os.environ.get("OUTREACH_NEW_PASSPHRASE")
    if given is None:
        given = str(typer.prompt(_("New passphrase"), hide_input=True, confirmation_prompt=True))
    return chosen(given)


def written_words(file: Path | None) -> str:
    """The words of the recovery sheet, or what its code says: from the file, else asked for."""
    from outreach_app.model.errors import NotFound

    if file is None:
        return str(typer.prompt(_("The 24 words of the recovery sheet"), hide_input=True))
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise NotFound(_("The file with the words cannot be read. Check its name.")) from fault


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    for command in (passphrase, workers, keyring, recovery, prove, recover):
        program.command()(command)
