"""share: texts for sharing, the only words that leave the department."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach_app.cli.options import AsJson, PassphraseFile, StoreFolder, answer, opened
from outreach_app.texts import _

if TYPE_CHECKING:
    from outreach_app.store.stores import Store

_LISTED = 1_000
_SHOWN = 70


def share(
    store: StoreFolder,
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="The code of a piece of feedback; else they are listed.")
    ] = "",
    which: Annotated[
        str, typer.Option(metavar="STAGE", help="List these: to_write, written or released.")
    ] = "to_write",
    text: Annotated[str | None, typer.Option(help="Write this text for sharing.")] = None,
    release: Annotated[
        bool, typer.Option("--release", help="It may leave: to everybody, if the speaker said yes.")
    ] = False,
    partners: Annotated[
        list[str] | None, typer.Option("--partner", metavar="CODE", help="Release it to this partner, too.")
    ] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help="It leaves no more, to nobody.")] = False,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """List, write and release texts for sharing.

    Without a code, those of a stage are listed. What a text still tells of who or where is named, and hinders nothing.
    """
    with opened(store, passphrase_file) as known:
        if not code:
            answer(json, *_listed(known, which))
            return
        answer(json, *_done(known, code, text, release or bool(partners), partners or [], take_back))


def _listed(store: "Store", which: str) -> tuple[dict[str, Any], str]:
    from outreach_app.operations.releases import Stage
    from outreach_app.operations.sharing import pieces

    if which not in {*Stage}:
        told = _("There is no {which} here: to_write, written or released.", which=which)
        raise typer.BadParameter(told)
    found = pieces(store, Stage(which), _LISTED)
    rows = [
        {
            "code": view.code,
            "words": view.title,
            "text": view.values["text_for_sharing"] or "",
            "may_share": view.values["may_share"],
        }
        for view in found.views
    ]
    counts = {str(stage): found.counts[stage] for stage in Stage}
    told = ", ".join(f"{stage} {number:,}" for stage, number in counts.items())
    lines = [f"{row['code']:12} {(row['text'] or row['words'])[:_SHOWN]}" for row in rows]
    return {"counts": counts, "feedback": rows}, "\n".join([told, *lines])


def _done(
    store: "Store", code: str, text: str | None, release: bool, partners: list[str], take_back: bool
) -> tuple[dict[str, Any], str]:
    from outreach_app.operations import sharing
    from outreach_app.operations.records import record_by_code
    from outreach_app.operations.releases import stage_of
    from outreach_app.operations.telltales import telltales

    view = record_by_code(store, "feedback", code)
    if take_back:
        sharing.take_back(store, view.id)
    elif release:
        given = [record_by_code(store, "organizations", each).id for each in partners]
        sharing.release(store, view.id, text, [*view.elements("released_to"), *given])
    elif text is not None:
        sharing.write_text(store, view.id, text)
    piece = sharing.piece(store, view.id)
    values = piece.view.values
    words = values["text_for_sharing"] or ""
    tells = telltales(store, words, view.id)
    stage = stage_of(values)
    lines = [f"{view.code}  {stage or ''}", view.title, words]
    lines += [_("It still tells: {words}", words=", ".join(each.words for each in tells))] if tells else []
    told = [{"what": each.what, "words": each.words} for each in tells]
    return {"code": view.code, "stage": stage, "words": view.title, "text": words, "tells": told}, "\n".join(
        filter(None, lines)
    )


def add_to(program: typer.Typer) -> None:
    """Add this command."""
    program.command()(share)
