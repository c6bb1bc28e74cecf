"""export, exports: workbooks and files for other programs, and what is exported again under a name."""

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
    told_columns,
)
from outreach_app.texts import _

if TYPE_CHECKING:
    from outreach_app.operations.exporting_templates import OwnTemplate
    from outreach_app.operations.leaving import Wanted
    from outreach_app.store.stores import Store

LAST = "last"
Profile = Annotated[str, typer.Option(metavar="internal|partner|public|sensitive", help="Whom the file is for.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="xlsx|csv|google|outlook|civicrm|vcard4|vcard3|ics|hsds",
        help="A workbook, or a file for another program: CSV, contacts, a calendar, the partner directory.",
    ),
]
Since = Annotated[
    str,
    typer.Option(metavar="DAY", help="Only what is new or changed since; with --save-as also last: the last time."),
]
Columns = Annotated[list[str] | None, typer.Option(metavar="KIND=FIELD,...", help="Of a list only these columns.")]
Template = Annotated[Path | None, typer.Option(help="The department's own workbook to be filled, with --save-as NAME.")]
Maps = Annotated[
    list[str] | None, typer.Option("--map", metavar="HEADING=FIELD", help="What a column of the template holds.")
]
_SEVERAL = ","


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    store: StoreFolder,
    form: Format = "xlsx",
    profile: Profile = "internal",
    partner: Annotated[str, typer.Option(metavar="CODE", help="The partner it is for, with --profile partner.")] = "",
    event: Annotated[str, typer.Option(metavar="CODE", help="Only what belongs to one event.")] = "",
    since: Since = "",
    kinds: Annotated[str, typer.Option(metavar="KIND,...", help="Only these lists. " + KINDS)] = "",
    columns: Columns = None,
    language: Annotated[str, typer.Option(metavar="en|es", help="The language of its headings.")] = "en",
    to_whom: Annotated[str, typer.Option("--to", metavar="WHOM", help="Who gets it, for the log.")] = "",
    template: Template = None,
    maps: Maps = None,
    named: Annotated[str, typer.Option(metavar="NAME", help="What was saved under this name, made once more.")] = "",
    save_as: Annotated[str, typer.Option(metavar="NAME", help="Keep what is asked for here under a name.")] = "",
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """Write a workbook, or a file for another program."""
    from outreach_app.operations.exporting_files import export as export_file
    from outreach_app.operations.leaving import Wanted
    from outreach_app.operations.named_exports import export_called, export_named, save_export

    if not save_as and (since == LAST or template):
        raise typer.BadParameter("--since last and --template go with --save-as NAME, by which they are found again")
    wanted = Wanted(
        profile=profile,
        form=form,
        partner=partner,
        event=event,
        language=language,
        to_whom=to_whom,
        since="" if since == LAST else since,
        lists=_several(kinds),
        columns=_columns(columns or []),
    )
    _check(wanted, named, bool(save_as or since))
    with opened(store, passphrase_file) as known, progress(_("Writing"), quiet=json) as advance:
        _check_kinds(known, wanted)
        own = _template(known, template, kinds, maps or []) if template else None
        saved = save_export(known, save_as, wanted, since == LAST, own)[0] if save_as else ""
        if named or saved:
            made = export_named(known, out, saved or export_called(known, named), advance)
        else:
            made = export_file(known, out, wanted, advance)
    mapped = [f"    {heading} = {what}" for heading, what in own.columns.items()] if own else []
    if own and own.left_empty:
        mapped.append("    " + _("Left empty: {headings}", headings=", ".join(own.left_empty)))
    answer(json, made.to_json(), "\n".join([*mapped, made.in_words()]))


def exports(
    store: StoreFolder,
    rename: Annotated[str, typer.Option(metavar="NAME", help="The one to call otherwise, with --to NEW.")] = "",
    to: Annotated[str, typer.Option("--to", metavar="NEW", help="Its new name.")] = "",
    remove: Annotated[str, typer.Option(metavar="NAME", help="The one to remove; undo brings it back.")] = "",
    passphrase_file: PassphraseFile = None,
    json: AsJson = False,
) -> None:
    """List what is exported again under a name, rename or remove it."""
    from outreach_app.model.dates import full_moment, moment_of
    from outreach_app.operations.named_exports import export_called, named_exports, remove_export, rename_export

    if bool(rename) != bool(to):
        raise typer.BadParameter("--rename NAME and --to NEW go together")
    with opened(store, passphrase_file) as known:
        if rename:
            rename_export(known, export_called(known, rename), to)
        if remove:
            remove_export(known, export_called(known, remove))
        found = named_exports(known)
    lines = []
    for each in found:
        when = full_moment(moment_of(each.last)) if each.last else _("never made here")
        lines.append(f"{each.name}  ({each.profile}, {each.form}, {when})")
    told = [{"name": each.name, "profile": each.profile, "format": each.form, "last": each.last} for each in found]
    answer(json, {"named": told}, "\n".join(lines) or _("Nothing is exported under a name yet."))


def _template(store: "Store", file: Path, kind: str, maps: list[str]) -> "OwnTemplate":
    """The template with what its columns hold."""
    from outreach_app.operations.exporting_templates import read_template

    return read_template(store, file, kind, told_columns(maps))


def _several(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(_SEVERAL) if each.strip())


def _columns(told: list[str]) -> tuple[str, ...]:
    """What --columns says, each column with its list before a dot."""
    found: list[str] = []
    for each in told:
        kind, sign, names = each.partition("=")
        if not sign or not _several(names):
            raise typer.BadParameter("--columns is written KIND=FIELD,FIELD")
        found += [f"{kind.strip()}.{name}" for name in _several(names)]
    return tuple(found)


def _check(wanted: "Wanted", named: str, more: bool) -> None:
    """Raises BadParameter for what no file could be asked for by. ``more``: more was said than what is wanted."""
    from outreach_app.operations.exporting_files import FORMATS
    from outreach_app.operations.leaving import PROFILES, Wanted
    from outreach_app.texts import LANGUAGES

    if named and (more or wanted != Wanted()):
        raise typer.BadParameter("--named NAME says all there is to say; leave the rest out")

    told = (("--format", wanted.form, FORMATS), ("--profile", wanted.profile, PROFILES))
    for option, said, known in (*told, ("--language", wanted.language, LANGUAGES)):
        if said not in known:
            raise typer.BadParameter(f"{option} is one of: " + ", ".join(known))
    if (wanted.profile == "partner") != bool(wanted.partner):
        raise typer.BadParameter("--profile partner and --partner CODE go together")


def _check_kinds(store: "Store", wanted: "Wanted") -> None:
    for each in (*wanted.lists, *(column.partition(".")[0] for column in wanted.columns)):
        kind_named(store, each)


def add_to(program: typer.Typer) -> None:
    """Add these commands."""
    program.command()(export)
    program.command()(exports)
