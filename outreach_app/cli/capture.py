"""record, find: one new record, and finding any."""

from typing import Annotated, Any

import typer

from outreach_app.cli.options import KINDS, AsJson, PassphraseFile, StoreFolder, answer, kind_named, opened
from outreach_app.texts import _, say


def record(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KINDS)],
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Values by field name.")],
    store: StoreFolder,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write down one new record. Several values of a list field are parted by semicolons."""
    from outreach_app.operations.typing_in import typed_values
    from outreach_app.operations.writing_down import write_down

    with opened(store, passphrase_file) as known:
        declared = known.registry[kind_named(known, kind)]
        typed: dict[str, str] = {}
        for each in fields:
            name, equals, value = each.partition("=")
            if not equals or declared.field(name) is None:
                names = ", ".join(field.name for field in declared.fields)
                raise typer.BadParameter(f"{each!r} is not FIELD=VALUE. Fields of {kind}: {names}")
            if name in typed:
                raise typer.BadParameter(f"{name} is given twice; several values are parted by semicolons")
            typed[name] = value
        made, _changes = write_down(known, kind, typed_values(known, kind, typed))
        view = known.get(kind, made)
    if view is not None:
        found = {"kind": kind, "id": view.id, "code": view.code, "title": view.title}
        answer(
            json,
            found,
            _("Saved {what}: {title} ({code})", what=say(declared.about.one), title=view.title, code=view.code),
        )


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Beginnings of words; empty lists all.")],
    store: StoreFolder,
    kind: Annotated[str, typer.Option(metavar="KIND", help=KINDS)] = "",
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Find anything by the beginnings of its words."""
    with opened(store, passphrase_file) as known:
        kinds = [kind_named(known, kind)] if kind else []
        results: list[dict[str, Any]] = []
        if text.strip():
            results = [each._asdict() for each in known.find(text, kinds, limit=1_000)]
        else:
            for name in kinds or [name for name, each in known.registry.items() if each.about.in_forms]:
                results += [
                    {"kind": name, "id": view.id, "code": view.code, "title": view.title} for view in known.list(name)
                ]
    lines = [f"{each['code']:12} {each['kind']:24} {each['title']}" for each in results]
    answer(json, {"results": results}, "\n".join(lines) or _("Nothing begins with that."))


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    for command in (record, find):
        program.command()(command)
