"""Where this laptop's own work is, in three lines; in two where nobody can confirm it."""

from outreach_app.operations.sync_words import whereabouts
from outreach_app.store.shipping import Whereabouts
from ui.widgets.rows import Row

_ICONS = {"only_here": "laptop", "copied": "usb", "received": "circle-check"}


def where_rows(where: Whereabouts) -> list[Row]:
    """Only here (amber, while there is any), copied, received."""
    return [
        Row(each.key, each.words, _ICONS[each.key], each.why, f"{each.number:,}", each.waits, strong=True)
        for each in whereabouts(where)
    ]
