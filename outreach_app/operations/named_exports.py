"""What is exported again and again, under a name: saved, made again, renamed, removed. It travels like any record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from outreach_app.journal.changes import Changes
from outreach_app.model.dates import moment_of
from outreach_app.model.errors import BadInput, NotFound
from outreach_app.model.vocabularies import folded
from outreach_app.operations.exporting import ExportAccount
from outreach_app.operations.exporting_files import check_form, ending, export
from outreach_app.operations.exporting_templates import OwnTemplate, as_kept, check_columns
from outreach_app.operations.leaving import TEMPLATE, WORKBOOK, Progress, Wanted, asked_for, reads_sensitive
from outreach_app.operations.records import delete_record, edit_record, make_record, there
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _


@dataclass(frozen=True, slots=True)
class NamedExport:
    """One of them, as it is listed. ``last``: when this laptop made it last, in microseconds since 1970 UTC, or 0;
    ``ending``: of its files' names."""

    id: str
    name: str
    profile: str
    form: str
    since: str
    since_last: bool
    ending: str
    last: int = 0


def named_exports(store: Store) -> Sequence[NamedExport]:
    """All of them, by name."""
    names = ("name", "profile", "form", "since", "since_last", "lists")
    made = []
    for record, name, profile, form, since, since_last, lists in store.values("named_exports", names):
        last = _last(store, record)
        ends = ending(form or WORKBOOK, len(lists or ()))
        own = (record, name or "", profile or "", form or "", since or "", bool(since_last), ends)
        made.append(NamedExport(*own, last.made_at if last else 0))
    return sorted(made, key=lambda each: folded(each.name))


def save_export(
    store: Store, name: str, wanted: Wanted, since_last: bool = False, template: OwnTemplate | None = None
) -> tuple[str, Changes]:
    """Keep what is asked for under a name. ``since_last``: each time only what is new or changed since the last time.
    ``template``: the department's own workbook that is to be filled with it, which coordinators alone give.

    Raises NotFound, and BadInput for what may not leave, this time or the next, or a name that is taken."""
    if template is not None:
        if not reads_sensitive(store):
            raise BadInput(_("Only a coordinator's laptop can do this."))
        wanted = replace(wanted, form=TEMPLATE, lists=(template.kind,), columns=())
        check_columns(store, wanted.profile, template)
    asked = asked_for(store, wanted)
    later = replace(wanted, since=moment_of(store.clock.tick())[:10]) if since_last else wanted
    asked_for(store, later)
    check_form(later)
    own = {"name": _free(store, name), "since_last": since_last or None}
    filled = as_kept(template) if template else {}
    return make_record(store, "named_exports", {**own, **asked.kept, **filled})


def export_named(store: Store, target: Path, named: str, progress: Progress | None = None) -> ExportAccount:
    """Make a named export, by its id, once more. Raises NotFound, BadInput, NotWritable."""
    wanted, last = wanted_by(store, named)
    return export(store, target, wanted, progress, named, last)


def wanted_by(store: Store, named: str) -> tuple[Wanted, View | None]:
    """What a named export asks for, and the line of the log since which it does, None for a day or from the start."""
    view = there(store, "named_exports", named)
    values = view.values
    last = _last(store, named) if values["since_last"] else None
    since = moment_of(last.made_at)[:10] if last else values["since"]
    wanted = Wanted(
        profile=values["profile"] or "",
        form=values["form"] or "",
        partner=there(store, "organizations", values["partner"]).code if values["partner"] else "",
        event=there(store, "events", values["event"]).code if values["event"] else "",
        language=values["language"] or "en",
        to_whom=values["to_whom"] or "",
        since=since or "",
        lists=tuple(view.elements("lists")),
        columns=tuple(view.elements("columns")),
    )
    return wanted, last


def export_called(store: Store, name: str) -> str:
    """The id of the named export of a name. Raises NotFound, naming those there are."""
    known = {folded(each.name): each for each in named_exports(store)}
    found = known.get(folded(name))
    if found is None:
        told = ", ".join(each.name for each in known.values())
        if not told:
            raise NotFound(_("There is no named export “{name}”, nor any other. Save one first.", name=name))
        raise NotFound(_("There is no named export “{name}”. Choose one of: {known}.", name=name, known=told))
    return found.id


def rename_export(store: Store, named: str, name: str) -> Changes:
    """Call it otherwise. Raises NotFound, and BadInput where the name is taken."""
    return edit_record(store, "named_exports", named, {"name": _free(store, name, named)})


def remove_export(store: Store, named: str) -> Changes:
    """Remove it; undo brings it back. What it made stays in the log."""
    return delete_record(store, "named_exports", named)


def _free(store: Store, name: str, own: str = "") -> str:
    """A name that no other has."""
    name = name.strip()
    if not name:
        raise BadInput(_("Give it a name, so that it is found again."))
    if any(folded(each.name) == folded(name) and each.id != own for each in named_exports(store)):
        raise BadInput(_("There is already a named export “{name}”. Choose another name.", name=name))
    return name


def _last(store: Store, named: str) -> View | None:
    """The line of the log of the last time that this laptop made it. What another had when it made it is not known
    here: to go by that would leave out for good what only this one had."""
    own = store.device.hex()
    left = store.list("exports", {"named": named}, order="-made_at")
    return next((each for each in left if each.made_on == own), None)
