"""Where this laptop's own work is, in three lines."""

from outreach_app.store.shipping import Whereabouts
from outreach_app.texts import _
from ui.widgets.rows import Row


def where_rows(where: Whereabouts) -> list[Row]:
    """Only here (amber, while there is any), copied, received."""
    lines = (
        ("only_here", _("Only on this laptop"), "laptop", where.only_here),
        ("copied", _("Copied, not yet confirmed"), "usb", where.copied),
        ("received", _("Received by the department"), "circle-check", where.received),
    )
    return [
        Row(key, words, icon, trailing=f"{number:,}", strong=True, waits=key == "only_here" and number > 0)
        for key, words, icon, number in lines
    ]
