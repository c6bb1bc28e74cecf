"""record, find: one new record, and finding any."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach_app.cli.near_names import no_field, no_value
from outreach_app.cli.options import KINDS, AsJson, PassphraseFile, StoreFolder, answer, kind_named, opened
from outreach_app.texts import _, say

if TYPE_CHECKING:
    from outreach_app.model.kinds import Kind


def record(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=KINDS)],
    fields: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Values by field name.")],
    store: StoreFolder,
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write down one new record. Several values of a list field are parted by semicolons."""
    from outreach_app.model.errors import BadInput, Missing
    from outreach_app.operations.typing_in import typed_values
    from outreach_app.operations.writing_down import write_down

    with opened(store, passphrase_file) as known:
        declared = known.registry[kind_named(known, kind)]
        values = typed_values(known, kind, _by_field(declared, fields))
        try:
            made, _changes = write_down(known, kind, values)
        except Missing as fault:
            told = _('{field} is missing. Write it like {name}="…".', field=say(fault.label), name=fault.name)
            raise BadInput(told) from fault
        view = known.get(kind, made)
    what = say(declared.about.one)
    if view is None:  # for coordinators alone
        sealed = _("Saved {what}, sealed for the coordinators: this laptop cannot show it again.", what=what)
        answer(json, {"kind": kind, "id": made, "sealed": True}, sealed)
        return
    found = {"kind": kind, "id": view.id, "code": view.code, "title": view.title}
    answer(json, found, _("Saved {what}: {title} ({code})", what=what, title=view.title, code=view.code))


def _by_field(kind: "Kind", fields: list[str]) -> dict[str, str]:
    """What was typed for each field. Wrong usage says what was meant, and how it is written."""
    typed: dict[str, str] = {}
    for each in fields:
        name, equals, value = each.partition("=")
        if not equals:
            raise typer.BadParameter(no_value(each, kind))
        if kind.field(name) is None:
            raise typer.BadParameter(no_field(name, kind))
        if name in typed:
            told = _("{name} is given twice. Several values stand in one, with semicolons between them.", name=name)
            raise typer.BadParameter(told)
        typed[name] = value
    return typed


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
