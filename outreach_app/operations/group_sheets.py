"""The hand-out of groups to join: what of each is printed, in the reader's languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.model import counties
from outreach_app.model.dates import full
from outreach_app.model.errors import BadInput
from outreach_app.model.values import shown
from outreach_app.model.vocabularies import vocabulary
from outreach_app.paper.group_sheets import PrintedGroup, Said, render_group_sheet
from outreach_app.store.stores import Store
from outreach_app.store.views import View
from outreach_app.texts import _, say

MOST_GROUPS = 60
"""More than these are no hand-out: interests and a county find fewer."""


@dataclass(frozen=True, slots=True)
class GroupSheetChoices:
    """How it is printed, and for which interests and county the groups were chosen."""

    languages: tuple[str, ...] = ("en", "es")
    large_print: bool = False
    paper: str = "us-letter"
    interests: tuple[str, ...] = ()
    county: str = ""


def group_sheet(store: Store, groups: Sequence[str], choices: GroupSheetChoices = GroupSheetChoices()) -> bytes:
    """The hand-out of these groups, in their order, as a PDF. Raises BadInput for none, and for too many."""
    views = store.many("groups", groups)
    if not views:
        raise BadInput(_("No group fits. Choose another interest or county, then make the sheet."))
    if len(views) > MOST_GROUPS:
        raise BadInput(_("These are too many for a hand-out. Choose an interest or a county, then make the sheet."))
    leading = choices.languages[0]
    about = [vocabulary("interest_areas").label(each, leading) for each in choices.interests]
    about += [counties.label(choices.county, leading)] if choices.county else []
    return render_group_sheet(
        store.department,
        " · ".join(about),
        [_printed(store, view, leading) for view in views],
        choices.languages,
        large_print=choices.large_print,
        paper=choices.paper,
    )


def _printed(store: Store, group: View, language: str) -> PrintedGroup:
    declared, values = store.registry["groups"].by_name, group.values

    def said(*names: str) -> str:
        each = (shown(declared[name], values[name], language, on_screen=True) for name in names)
        return " · ".join(words for words in each if words)

    visitors = {True: say("Anyone may come and listen", language), False: say("Members only", language)}
    lines = {name: said(name) for name in ("how_to_join", "meets", "openings", "languages", "compensation")}
    return PrintedGroup(
        group.title,
        said("group_type", "owning_unit"),
        said("purpose"),
        {
            **lines,
            "where": said("counties"),
            "open_to_public": visitors.get(values["open_to_public"], ""),
            "ask": said("contact_name", "phones", "emails", "website"),
        },
        _checked(values["verified_on"]),
    )


def _checked(day: str | None) -> Said | None:
    return (lambda language: say("Last checked {day}", language, day=full(day, language))) if day else None
