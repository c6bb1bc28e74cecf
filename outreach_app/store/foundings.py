"""The founding change: what every store begins with, the same writes on every laptop.

It carries the themes the program ships. Because its ids are the same everywhere, two laptops that both begin with it
hold one thing, and an edit made on either replaces it on both.
"""

from outreach_app.journal.changes import NOBODY, Change, Slot, Write, WriteId
from outreach_app.journal.digests import derived_salt
from outreach_app.model.fields import Value
from outreach_app.model.identifiers import derived_id, digest_of
from outreach_app.model.kinds import Registry
from outreach_app.model.vocabularies import first_themes

FOUNDING_RUN = digest_of("outreach founding", "1")


def theme_id(code: str) -> str:
    """The id of a shipped theme."""
    return derived_id("theme", code)


def founding(registry: Registry) -> Change | None:
    """The founding change, or None for a registry that has no themes."""
    if "themes" not in registry:
        return None
    slots: list[tuple[Slot, Value]] = []
    for theme in first_themes():
        values: dict[str, Value] = {
            "name": theme.label,
            "name_es": theme.label_es,
            "parent": theme_id(theme.parent) if theme.parent else None,
            "theme_code": theme.code,
            "meaning": theme.meaning,
            "version": 1,
        }
        slots += [(Slot("themes", theme_id(theme.code), name), value) for name, value in values.items() if value]
    writes = tuple(
        Write(WriteId(FOUNDING_RUN, 2 + place), slot, value, (), derived_salt("founding", place))
        for place, (slot, value) in enumerate(slots)
    )
    return Change(WriteId(FOUNDING_RUN, 1), "everyone", "Outreach", NOBODY, 0, "import", "found", writes)
