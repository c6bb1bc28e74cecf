"""What releasing a text for sharing is: who may, how far one has come, and that another text is released anew."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from outreach_app.model.errors import BadInput
from outreach_app.model.reviewed_texts import is_reviewed, reviewed
from outreach_app.sheets.readings import ReadRow
from outreach_app.store.stores import Store
from outreach_app.texts import _

FEEDBACK, TEXT, REVIEWED, RELEASED_TO = "feedback", "text_for_sharing", "reviewed_by", "released_to"
READ = (TEXT, REVIEWED, "may_share", "sensitive")
"""The fields that tell the stage."""


class Stage(StrEnum):
    """How far the text for sharing of a piece of feedback is."""

    TO_WRITE = "to_write"
    WRITTEN = "written"
    RELEASED = "released"


def stage_of(values: Mapping[str, Any]) -> Stage | None:
    """The stage by :data:`READ`; None for what is sealed, and where the speaker said no and nothing was written."""
    if values.get("sensitive"):
        return None
    if not values.get(TEXT):
        return None if values.get("may_share") == "no" else Stage.TO_WRITE
    return Stage.RELEASED if is_reviewed(values[TEXT], values.get(REVIEWED)) else Stage.WRITTEN


def check_coordinator(store: Store) -> None:
    """Raises BadInput where this laptop is none that releases."""
    if store.role != "coordinator":
        raise BadInput(_("Only a coordinator releases texts for sharing. What you wrote is kept for them."))


def with_release(
    store: Store, kind: str, values: Mapping[str, Any], stood: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    """The values of an edit of a record, or of a new one: another text for sharing is not released yet, whoever wrote
    it; with who read one goes a mark of its words. Raises BadInput where somebody else than a coordinator releases."""
    if kind != FEEDBACK:
        return values
    if any(values.get(name) for name in (REVIEWED, RELEASED_TO)):
        check_coordinator(store)
    before = stood or {}
    text, by = values.get(TEXT, before.get(TEXT)), values.get(REVIEWED)
    if by and by != before.get(REVIEWED):
        return {**values, REVIEWED: reviewed(by, text or "")}
    another = text != before.get(TEXT)
    return {**values, REVIEWED: None} if another and before.get(REVIEWED) else values


def without_releases(rows: Iterable[ReadRow]) -> list[str]:
    """Leave out of a workbook's rows whom a text is released to, and who read it: only a coordinator says so, and here.
    What is told of it, where somebody typed such a thing."""
    said = False
    for row in rows:
        if row.kind == FEEDBACK:
            kept = tuple(each for each in row.typed if each.field not in (REVIEWED, RELEASED_TO))
            said = said or len(kept) < len(row.typed)
            row.typed = kept
    return [_("A spreadsheet releases no text: do it under Texts for sharing. What was typed there was left.")] * said
